import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedClock } from '../../kernel/index.js';
import { addKey, readKeyRing, removeKey } from './key-ring.js';
import { findByHash, matchHash, openToken, sealToken, sealWith, unseal } from './seal.js';

const clock = fixedClock('2026-03-02T01:00:00Z');
let dataDir: string;
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'thonban-vault-'));
});
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }));

const file = () => path.join(dataDir, 'keys.json');
const place = () => ({ dataDir, clock });

describe('the key ring', () => {
  it('is made once, for the account that runs the program alone', () => {
    const { current } = readKeyRing(dataDir, clock);
    expect(current.id).toMatch(/^k-20260302-[0-9a-f]{6}$/);
    expect(fs.statSync(file()).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(dataDir)).toEqual(['keys.json']);
    expect(readKeyRing(dataDir, clock).current.id).toBe(current.id);
  });

  it('is read again when another process has added a key, and the old key stays', () => {
    const before = readKeyRing(dataDir, clock);
    // What another process does: it replaces the file, and this one has the old one in memory.
    const added = addKey(dataDir, clock);
    const after = readKeyRing(dataDir, clock);
    expect(after.current.id).toBe(added.id);
    expect(after.keys.map((key) => key.id)).toEqual([added.id, before.current.id]);
    removeKey(dataDir, clock, before.current.id);
    expect(readKeyRing(dataDir, clock).keys).toHaveLength(1);
    expect(() => removeKey(dataDir, clock, added.id)).toThrow(RangeError);
    expect(fs.readdirSync(dataDir)).toEqual(['keys.json']);
  });

  it('that others on the machine may read is refused', () => {
    readKeyRing(dataDir, clock);
    fs.chmodSync(file(), 0o640);
    expect(() => readKeyRing(dataDir, clock)).toThrow(/chmod 600/);
    fs.chmodSync(file(), 0o600);
    expect(readKeyRing(dataDir, clock).keys).toHaveLength(1);
  });

  it.each(['', '{}', '{"keys":[]}', '{"keys":[{"id":"a","seal":"AA==","match":"AA=="}]}', 'null'])(
    'that is damaged (%s) is told as such and left as it is',
    (text) => {
      fs.writeFileSync(file(), text, { mode: 0o600 });
      expect(() => readKeyRing(dataDir, clock)).toThrow(/bản sao lưu/u);
      expect(fs.readFileSync(file(), 'utf8')).toBe(text);
    },
  );
});

describe('a sealed text', () => {
  const key = () => readKeyRing(dataDir, clock).current;

  it('opens for its own row only', () => {
    const sealed = sealWith(key(), '020099000001', 'row/1');
    expect(unseal(place(), sealed, 'row/1')).toBe('020099000001');
    expect(() => unseal(place(), sealed, 'row/2')).toThrow(/đã bị thay đổi/u);
    expect(sealed.ciphertext.toString('latin1')).not.toContain('020099');
  });

  it('differs each time, so that equal texts are not seen to be equal', () => {
    const [a, b] = [sealWith(key(), 'x', 'c'), sealWith(key(), 'x', 'c')];
    expect(a.ciphertext.equals(b.ciphertext)).toBe(false);
  });

  it('with any bit changed, cut short or empty does not open', () => {
    const sealed = sealWith(key(), 'số', 'c');
    for (let at = 0; at < sealed.ciphertext.length; at++) {
      const ciphertext = Buffer.from(sealed.ciphertext);
      ciphertext[at]! ^= 1;
      expect(() => unseal(place(), { ...sealed, ciphertext }, 'c')).toThrow(/đã bị thay đổi/u);
    }
    for (const length of [0, 5, 12, 20, 28]) {
      const ciphertext = sealed.ciphertext.subarray(0, length);
      expect(() => unseal(place(), { ...sealed, ciphertext }, 'c')).toThrow(/đã bị thay đổi/u);
    }
  });

  it('opens after the key has changed, and says which key is missing when it is gone', () => {
    const old = key();
    const sealed = sealWith(old, 'x', 'c');
    addKey(dataDir, clock);
    expect(unseal(place(), sealed, 'c')).toBe('x');
    removeKey(dataDir, clock, old.id);
    expect(() => unseal(place(), sealed, 'c')).toThrow(new RegExp(old.id));
  });
});

describe('looking up by hash', () => {
  it('tries every key, and asks again when the key changed between the two steps', async () => {
    const first = readKeyRing(dataDir, clock).current;
    let stored = matchHash(first, '1', 'd');
    let asked = 0;
    const rows = await findByHash(place(), '1', 'd', async (hashes) => {
      asked += 1;
      // A rotation moves the row after the hashes were made and before the question is answered.
      if (asked === 1) stored = matchHash(addKey(dataDir, clock), '1', 'd');
      return hashes.filter((hash) => hash.equals(stored));
    });
    expect(rows).toHaveLength(1);
    expect(asked).toBe(2);
  });

  it('finds nothing for another text or another column', async () => {
    const stored = matchHash(readKeyRing(dataDir, clock).current, '1', 'd');
    const find = async (hashes: Buffer[]) => hashes.filter((hash) => hash.equals(stored));
    expect(await findByHash(place(), '2', 'd', find)).toEqual([]);
    expect(await findByHash(place(), '1', 'e', find)).toEqual([]);
  });
});

describe('a token that travels through the browser', () => {
  it('comes back as it was, for the same purpose only', () => {
    const token = sealToken(place(), { a: 'ắ' }, 'enrol');
    expect(openToken(place(), token, 'enrol')).toEqual({ a: 'ắ' });
    expect(openToken(place(), token, 'sso')).toBeNull();
    expect(token).toMatch(/^[\w.-]+$/);
  });

  it.each(['', '.', 'a.b', 'k-1.AAAA', 'x'.repeat(10_000), '..', 'k.' + 'A'.repeat(200)])(
    'that was invented is nothing: %s',
    (token) => {
      expect(openToken(place(), token, 'enrol')).toBeNull();
    },
  );

  it('that was altered is nothing', () => {
    const token = sealToken(place(), 'x', 'enrol');
    const at = token.length - 8;
    const other = token[at] === 'A' ? 'B' : 'A';
    const altered = token.slice(0, at) + other + token.slice(at + 1);
    expect(openToken(place(), altered, 'enrol')).toBeNull();
  });
});
