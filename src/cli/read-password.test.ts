import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readPassword } from './read-password.js';

const nowhere = () => new PassThrough().resume();

/** A terminal whose person types `keys`, a piece at a time. */
function terminal(keys: readonly string[]) {
  const stream = new PassThrough();
  const modes: boolean[] = [];
  const typed = Object.assign(stream, {
    isTTY: true,
    setRawMode: (raw: boolean) => modes.push(raw),
  });
  const type = (piece: string, i: number) => setTimeout(() => stream.write(piece), 5 * i);
  keys.forEach(type);
  return { typed, modes };
}

describe('readPassword', () => {
  it('takes the first line of what is piped in', async () => {
    const stdin = Readable.from([Buffer.from('mật khẩu '), Buffer.from('của tôi\r\nrest')]);
    expect(await readPassword(stdin, nowhere())).toBe('mật khẩu của tôi');
  });

  it('refuses nothing at all', async () => {
    await expect(readPassword(Readable.from([]), nowhere())).rejects.toMatchObject({
      code: 'password-missing',
    });
  });

  it('reads the keyboard unseen, twice, with corrections', async () => {
    const { typed, modes } = terminal(['abx', '\u007f', 'c\r', 'abc', '\n']);
    const shown: string[] = [];
    const stderr = new PassThrough().on('data', (piece: Buffer) => shown.push(piece.toString()));
    expect(await readPassword(typed, stderr)).toBe('abc');
    expect(modes).toEqual([true, false, true, false]);
    expect(shown.join('')).not.toContain('abc');
  });

  it('refuses two that differ, and stops at Ctrl-C', async () => {
    await expect(readPassword(terminal(['a\r', 'b\r']).typed, nowhere())).rejects.toMatchObject({
      code: 'passwords-differ',
    });
    const { typed, modes } = terminal(['a', '\u0003']);
    await expect(readPassword(typed, nowhere())).rejects.toMatchObject({ code: 'interrupted' });
    expect(modes).toEqual([true, false]);
  });
});
