import type { PlainDate } from '../../../kernel/index.js';
import { addDays, today } from '../../../kernel/index.js';

/** The days of a move, as it is carried out at an instant. */
export interface MoveDays {
  /** The first day at the successor. */
  day: PlainDate;
  /** The last day of what ends. */
  lastDay: PlainDate;
  /** What ends was in use until this very moment, on its last day too. */
  isLate: boolean;
}

/** The service looks for what is due every quarter of a minute; what it does in this time is in time. */
const IN_TIME_MILLIS = 3_600_000;

/**
 * In time, roles and offices end on the day before. Late, people went on working in them meanwhile, and
 * what they did keeps a role and an office that were in force: these end now, and nothing in hindsight.
 */
export function moveDays(on: PlainDate, now: Date): MoveDays {
  const isLate = now.getTime() >= new Date(`${on}T00:00:00+07:00`).getTime() + IN_TIME_MILLIS;
  if (!isLate) return { day: on, lastDay: addDays(on, -1), isLate };
  const day = today({ now: () => now });
  return { day, lastDay: day, isLate };
}
