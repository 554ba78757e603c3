import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  codeAt,
  newSecret,
  otpauthUri,
  spacedSecret,
  stepAt,
  stepOfCode,
  tidyCode,
} from './codes.js';
import { newRecoveryCodes, recoveryHash, tidyRecoveryCode } from './recovery-codes.js';

/** "12345678901234567890", the secret of RFC 6238 appendix B. */
const RFC = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at %i s the code of RFC 6238 is %s', (seconds, code) => {
  expect(codeAt(RFC, at(seconds))).toBe(code);
  expect(stepOfCode(RFC, code, at(seconds))).toBe(stepAt(at(seconds)));
});

describe('a code', () => {
  const now = at(1_700_000_010);

  it('counts one step beside, and not two', () => {
    for (const [steps, isRight] of [
      [-2, false],
      [-1, true],
      [0, true],
      [1, true],
      [2, false],
    ] as const) {
      const code = codeAt(RFC, at(1_700_000_010 + steps * 30));
      expect(stepOfCode(RFC, code, now)).toBe(isRight ? stepAt(now) + steps : null);
    }
  });

  it('is read with spaces, dashes and wide digits, and as nothing else', () => {
    const code = codeAt(RFC, now);
    for (const text of [
      `${code.slice(0, 3)} ${code.slice(3)}`,
      ` ${code} `,
      `${code.slice(0, 3)}-${code.slice(3)}`,
    ]) {
      expect(stepOfCode(RFC, text, now)).toBe(stepAt(now));
    }
    expect(tidyCode('１２３４５６')).toBe('123456');
    for (const text of ['', '12345', '1234567', 'abcdef', '12345a', '-12345', '1e5000', '١٢٣٤٥٦']) {
      expect(tidyCode(text)).toBe('');
      expect(stepOfCode(RFC, text, now)).toBeNull();
    }
  });

  it('of another secret is wrong', () => {
    fc.assert(
      fc.property(fc.nat(4_000_000_000), (seconds) => {
        expect(stepOfCode(newSecret(), codeAt(RFC, at(seconds)), at(seconds))).toBeNull();
      }),
      { numRuns: 20 },
    );
  });
});

describe('a secret', () => {
  it('has 160 bits and is told to the app with names that it shows', () => {
    const secret = newSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(newSecret()).not.toBe(secret);
    const uri = new URL(otpauthUri(secret, 'Thôn Bản Lạng Sơn', 'lan.nong'));
    expect(uri.protocol).toBe('otpauth:');
    expect(uri.searchParams.get('secret')).toBe(secret);
    expect(uri.searchParams.get('issuer')).toBe('Thôn Bản Lạng Sơn');
    expect(decodeURIComponent(uri.pathname)).toContain('lan.nong');
    expect(spacedSecret(secret).replaceAll(' ', '')).toBe(secret);
  });
});

describe('recovery codes', () => {
  it('are ten, all different, and read however they are copied', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
      const copies = [
        code.toLowerCase(),
        code.replaceAll('-', ''),
        ` ${code.replaceAll('-', ' ')} `,
      ];
      for (const copy of copies) {
        expect(recoveryHash('a', copy)).toEqual(recoveryHash('a', code));
      }
      expect(recoveryHash('b', code)).not.toEqual(recoveryHash('a', code));
    }
  });

  it('forgive the letters that look like digits', () => {
    expect(tidyRecoveryCode('oOiI-lL00-1111')).toBe('001111001111');
    expect(tidyRecoveryCode('')).toBe('');
    expect(tidyRecoveryCode('UUUU-UUUU-UUUU')).toBe('');
    expect(tidyRecoveryCode('1234-5678-90AB-C')).toBe('');
  });
});
