import { expect, test } from 'vitest';
import { projectFiles } from '../tidy/files.js';

/** Words of the workshop, and what people are told instead. */
const RETIRED: readonly [RegExp, string][] = [
  [/cầu nối/iu, 'Phân tích thay đổi'],
  [/>Phủ</u, 'Độ phủ dữ liệu'],
  [/cộng sổ/iu, 'đối chiếu số dòng'],
  [/'mất'|\(mất\)/u, 'đã mất'],
];

test('pages and commands use the words of those who read them', () => {
  const files = projectFiles((at) => /\.tsx?$/.test(at) && !/\.test\.tsx?$/.test(at), 'src');
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap(({ path, text }) =>
    RETIRED.filter(([word]) => word.test(text)).map(([, say]) => `${path}: say "${say}"`),
  );
  expect(found).toEqual([]);
});
