import type { PlainDate } from './plain-date.js';

/** Time is always passed in, so that a past report can be reproduced and a test is stable. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export const fixedClock = (iso: string): Clock => ({ now: () => new Date(iso) });

/** Stands still at a moment, for work that would ask for each of many rows. */
export const clockAt = (moment: Date): Clock => ({ now: () => moment });

/** Today in Vietnam (UTC+7 all year, no daylight saving since 1975). */
export function today(clock: Clock): PlainDate {
  return new Date(clock.now().getTime() + 7 * 3_600_000).toISOString().slice(0, 10) as PlainDate;
}
