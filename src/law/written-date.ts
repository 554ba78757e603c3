import type { PlainDate } from '../kernel/index.js';
import { plainDate } from '../kernel/index.js';

/** The date written behind a document's number: a day, or only a year ("năm 2020"). */
export interface WrittenDate {
  day: PlainDate | null;
  year: number;
}

const LEAD = '^ {0,3}';
const DAY_WORD =
  '(?:,? {0,2}\\(?(?:được )?(?:ban hành )?(?:ký )?ngày(?: ban hành| ký)?:? {0,2}| ?\\( ?)';
const NUMERIC = new RegExp(
  `${LEAD}${DAY_WORD}?(\\d{1,2}) ?[/.-] ?(\\d{1,2}) ?[/.-] ?(\\d{4})(?!\\d)`,
  'iu',
);
const IN_WORDS = new RegExp(
  `${LEAD}${DAY_WORD}(\\d{1,2}) {1,3}tháng {1,3}(\\d{1,2}) {1,3}năm {1,3}(\\d{4})(?!\\d)`,
  'iu',
);
// "… của Thủ tướng Chính phủ ngày 14/10/2021": who issued it may stand between, nothing that happens.
const ISSUED_BY = /^ {0,3}của (?:(?!họp|tại|trước|sau|đến|từ )[^\d.,;:()]){2,60}?(?= ngày \d)/iu;
const YEAR = new RegExp(`${LEAD}\\(?năm {1,3}((?:19|20)\\d\\d)(?!\\d)`, 'iu');

/**
 * Reads "ngày 27 tháng 01 năm 2021", "ngày 15/02/2020", "(14/10/2021)", "16.12.2017" or "năm 2020" at
 * the beginning of the text behind a number, also after
 * "của Chính phủ". A day that does not exist (31/2) is no date.
 */
export function readWrittenDate(behind: string): WrittenDate | null {
  const rest = behind.replace(ISSUED_BY, '');
  const match = IN_WORDS.exec(rest) ?? NUMERIC.exec(rest);
  if (match) {
    const year = Number(match[3]);
    const day = plainDate(year, Number(match[2]), Number(match[1]));
    return day && { day, year };
  }
  const year = YEAR.exec(rest)?.[1];
  return year === undefined ? null : { day: null, year: Number(year) };
}
