import { expect, test } from 'vitest';
import { readWrittenDate } from './written-date.js';

test.each([
  [' ngày 27 tháng 01 năm 2021 của Chính phủ', '2021-01-27'],
  [' ngày 15/02/2020', '2020-02-15'],
  [', ngày 5-3-2019', '2019-03-05'],
  [' (14/10/2021)', '2021-10-14'],
  [' (ban hành ngày 14/10/2021)', '2021-10-14'],
  [' ký ngày 01.07.2025', '2025-07-01'],
  [' 16/12/2017', '2017-12-16'],
  [' của Thủ tướng Chính phủ ngày 14/10/2021', '2021-10-14'],
])('%j', (text, day) => expect(readWrittenDate(text)?.day).toBe(day));

test('a year alone', () => {
  expect(readWrittenDate(' năm 2020 của Chính phủ')).toEqual({ day: null, year: 2020 });
});

test.each([
  ' ngày 31/02/2020',
  ' ngày 15/02',
  ', 15/02/2020',
  '. Ngày 15/02/2020, tỉnh họp',
  ' của Chính phủ, ngày 15/02/2020 tỉnh họp',
  ' của tỉnh họp ngày 15/02/2020',
  ' và ngày 15/02/2020',
  '',
])('no date of the document: %j', (text) => expect(readWrittenDate(text)).toBeNull());
