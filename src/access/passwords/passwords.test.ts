import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword } from './passwords.js';

describe('passwords', () => {
  it('open in both compositions of Vietnamese, and only when right', async () => {
    const hash = await hashPassword('mật khẩu của Hòa'.normalize('NFD'));
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword(hash, 'mật khẩu của Hòa'.normalize('NFC'))).toBe(true);
    expect(await isPassword(hash, 'mật khẩu của hòa')).toBe(false);
    expect(await isPassword(hash, '')).toBe(false);
  });

  it('are never those of an account that does not exist', async () => {
    expect(await isPassword(null, 'a password nobody has')).toBe(false);
  });

  it('are not worth computing when absurdly long', async () => {
    expect(await isPassword(null, 'x'.repeat(1_000_000))).toBe(false);
  });

  it('are salted', async () => {
    expect(await hashPassword('cùng một mật khẩu')).not.toBe(
      await hashPassword('cùng một mật khẩu'),
    );
  });

  it('are computed in turn and all get an answer', async () => {
    const hashes = await Promise.all(
      Array.from({ length: 5 }, (_, i) => hashPassword(`mật khẩu ${i}`)),
    );
    const answers = await Promise.all(
      hashes.map((hash, i) => isPassword(hash, `mật khẩu ${i % 2}`)),
    );
    expect(answers).toEqual([true, true, false, false, false]);
  });
});
