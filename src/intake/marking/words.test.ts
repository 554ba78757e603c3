import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { degreeIn, degreeInCells, degreeInName, mayHoldMarking } from './words.js';

describe('a stamp', () => {
  test.each([
    ['MẬT', 'MẬT'],
    ['TỐI MẬT', 'TỐI MẬT'],
    ['TUYỆT MẬT', 'TUYỆT MẬT'],
    ['  ( TỐI  MẬT )  ', 'TỐI MẬT'],
    ['– MẬT –', 'MẬT'],
    ['[MẬT]', 'MẬT'],
    ['M Ậ T', 'MẬT'],
    ['T U Y Ệ T  M Ậ T', 'TUYỆT MẬT'],
    ['TỐI\u00a0MẬT', 'TỐI MẬT'],
    ['MẬ\u200bT', 'MẬT'],
    ['HỎA TỐC - TỐI MẬT', 'TỐI MẬT'],
    ['TÀI LIỆU MẬT', 'MẬT'],
    ['Độ mật: Tối mật', 'TỐI MẬT'],
    ['ĐỘ MẬT: MẬT', 'MẬT'],
    ['Số: 12/BC-UBND   Độ mật: Mật.', 'MẬT'],
    ['Mức độ mật - tuyệt mật', 'TUYỆT MẬT'],
    ['Tối mật', 'TỐI MẬT'],
    ['tuyệt mật', 'TUYỆT MẬT'],
  ])('%j is %s', (text, degree) => {
    expect(degreeIn(text)).toBe(degree);
    expect(degreeIn(text.normalize('NFD'))).toBe(degree);
    expect(mayHoldMarking(text.replace(/[\u200b]/g, ''))).toBe(true);
    expect(mayHoldMarking(text.replace(/[\u200b]/g, '').normalize('NFD'))).toBe(true);
  });

  test.each([
    ['bí mật kinh doanh', 'Mật ong rừng', 'mật độ dân số', 'Mật khẩu', 'bảo mật', 'MẬT ONG'],
    ['BÍ MẬT', 'BẢO MẬT', 'Lò Văn Mật', 'LÒ VĂN MẬT', 'Mật', 'mật', 'Tối Mật', 'Mật Văn Mẫu'],
    ['Cận nghèo', 'Độ mật', 'Độ mật:', 'Độ mật: không', 'Độ mật: mật độ', 'Hộ nhận mật ong'],
    ['BẢO VỆ BÍ MẬT NHÀ NƯỚC', 'SÁP, MẬT', 'NHẬT', '', '   ', 'MAT', 'TOI MAT', 'ĐỘ MẬT'],
  ])('%j, %j and their like are none', (...texts) => {
    for (const text of texts) {
      expect([text, degreeIn(text)]).toEqual([text, null]);
      expect([text, degreeIn(text.normalize('NFD'))]).toEqual([text, null]);
    }
  });

  test('may stand in a line of a cell, or in the cell after the one that asks for it', () => {
    expect(degreeInCells(['UBND xã Mẫu\nTỐI MẬT\nSố 1', 'x'])).toBe('TỐI MẬT');
    expect(degreeInCells(['Nơi gửi', 'Độ mật:', 'Mật'])).toBe('MẬT');
    expect(degreeInCells(['Độ mật', 'Tên hộ', 'Mật'])).toBe(null);
    expect(degreeInCells(['Họ tên', 'Mật', 'Nữ'])).toBe(null);
  });
});

test.each([
  ['(TỐI MẬT) Bao cao.xlsx', 'TỐI MẬT'],
  ['TỐI MẬT báo cáo quý.csv', 'TỐI MẬT'],
  ['bao-cao_TOI-MAT.pdf', 'TỐI MẬT'],
  ['MẬT_01.xlsx', 'MẬT'],
  ['12 - MẬT.pdf', 'MẬT'],
  ['TUYỆT MẬT', 'TUYỆT MẬT'],
  ['MẬT ONG.xlsx', null],
  ['Danh sách nuôi ong lấy mật.xlsx', null],
  ['MAT BANG.xlsx', null],
  ['mật khẩu.csv', null],
  ['Xã Quốc Khánh.xlsx', null],
])('the name %j: %s', (name, degree) => {
  expect(degreeInName(name)).toBe(degree);
  expect(degreeInName(name.normalize('NFD'))).toBe(degree);
});

test('whatever is stamped is noticed by the first look; no text is read slowly', () => {
  const around = fc.constantFrom('', ' ', '(', ') ', '–', '\n', '"', '  ');
  const text = fc.tuple(
    around,
    fc.constantFrom('MẬT', 'TỐI MẬT', 'Độ mật: mật', 'M Ậ T', 'Tối mật'),
    around,
    fc.constantFrom('NFC' as const, 'NFD' as const),
  );
  fc.assert(
    fc.property(text, ([before, mark, after, form]) => {
      const line = `${before}${mark}${after}`.normalize(form);
      expect(degreeIn(line)).not.toBe(null);
      expect(mayHoldMarking(line)).toBe(true);
    }),
  );
  const started = performance.now();
  for (const one of [' ', 'MẬT ', '-(', 'độ mật: ', 'M Ậ ']) degreeIn(one.repeat(200_000));
  expect(performance.now() - started).toBeLessThan(20_000);
});
