import type { PlainDate } from './plain-date.js';
import { day } from './plain-date.js';

/**
 * A review round is named by the year in which the autumn campaign ran ("năm 2022" = autumn 2022).
 * Its result is the status of the following year. QĐ 24/2021/QĐ-TTg; DESIGN §4.
 */
export interface RoundCalendar {
  round: number;
  windowFrom: PlainDate;
  windowTo: PlainDate;
  referenceDate: PlainDate;
  effectYear: number;
}

export function periodicRound(round: number): RoundCalendar {
  return {
    round,
    windowFrom: day(`${round}-09-01`),
    windowTo: day(`${round}-12-14`),
    referenceDate: day(`${round}-12-31`),
    effectYear: round + 1,
  };
}
