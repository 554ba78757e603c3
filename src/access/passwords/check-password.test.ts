import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkPassword } from './check-password.js';

const person = { username: 'lan.nong', fullName: 'Nông Thị Lan' };
const check = (password: string) => checkPassword(password, person);

describe('a password', () => {
  test.each([
    ['chín ký t'.normalize('NFD'), /ít nhất 10/u],
    ['x'.repeat(201), /dài quá/u],
    ['mật khẩu của Lan.Nong', /tên đăng nhập/u],
    ['', /ít nhất 10/u],
  ])('%s is refused for its form', async (password, why) => {
    await expect(check(password)).rejects.toMatchObject({ why: expect.stringMatching(why) });
  });

  // Breached as they stand, in capitals, with signs for letters, with something stuck to them.
  test.each([
    ['qwertyuiop'],
    ['1q2w3e4r5t'],
    ['QWERTYUIOP'],
    ['password123'],
    ['P@ssw0rd2024'],
    ['!!!basketball!!!'],
    ['iloveyou2025'],
    // Habits here.
    ['matkhau2025'],
    ['Mật khẩu 123'],
    ['matkhau@123456'],
    ['Mật-khẩu-của'],
    ['thonban2026!'],
    ['anhyeuem123'],
    // Places with digits.
    ['langson2025'],
    ['Lạng Sơn 2025'],
    ['Quốc Khánh @123'],
    ['hanoi12345678'],
    ['LangSon20252026'],
    // Dates, telephone numbers, digits.
    ['0912345678'],
    ['19850512'.repeat(2)],
    ['02/09/1945!'],
    ['020185000123'],
    // Walks and repeats.
    ['qazwsxedcrfv'],
    ['1qaz2wsx3edc'],
    ['asdfghjkl;123'],
    ['aaaaaaaaaaaaaaa'],
    ['abcabcabcabc'],
    ['zyxwvutsrqpon'],
    ['123456789098'],
    // About the person.
    ['Nông Thị Lan 1985'],
    ['lan@nong2025'],
    ['nongthilan!!'],
  ])('%s is refused as guessable', async (password) => {
    await expect(check(password)).rejects.toMatchObject({ code: 'password-refused' });
  });

  test.each([
    ['nương ngô bên suối'],
    ['nuong ngo ben suoi'],
    ['Chợ phiên họp ngày mồng sáu'],
    ['cái gùi treo sau bếp lửa'],
    ['correct horse battery staple'],
    ['kx83mwq2pz'],
    ['x#9!kQ%z&2'],
    ['Tr0ub4dor&3 và bạn'],
    ['mùa hồi 2025 được giá'],
  ])('%s is taken', async (password) => {
    await expect(check(password)).resolves.toBeUndefined();
  });

  it('of chance is hardly ever refused, and none takes long', async () => {
    const letters = fc.stringMatching(/^[a-z0-9]{16}$/);
    await fc.assert(
      fc.asyncProperty(letters, (password) => check(password)),
      { numRuns: 200 },
    );
    const started = performance.now();
    for (const piece of ['a', 'ab', 'password', '20252026', 'ắ']) {
      await check(piece.repeat(200).slice(0, 200)).catch(() => undefined);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
