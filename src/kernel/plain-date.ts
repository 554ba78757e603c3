/** A calendar day `YYYY-MM-DD` without time or zone; compares correctly as text. */
export type PlainDate = string & { readonly __brand: 'PlainDate' };

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const VIETNAMESE = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days in a month of the Gregorian calendar (`month` 1–12). */
export function daysInMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : MONTH_DAYS[month - 1]!;
}

/** Builds a day from its parts, or `null` when no such day exists (31/2). */
export function plainDate(year: number, month: number, day: number): PlainDate | null {
  if (![year, month, day].every(Number.isInteger)) return null;
  if (year < 1 || year > 9999 || month < 1 || month > 12) return null;
  if (day < 1 || day > daysInMonth(year, month)) return null;
  const pad = (n: number, width: number) => String(n).padStart(width, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` as PlainDate;
}

/** Reads `2025-07-01` or `1/7/2025`; `null` for anything else. */
export function parsePlainDate(text: string): PlainDate | null {
  const iso = ISO.exec(text.trim());
  if (iso) return plainDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const vi = VIETNAMESE.exec(text.trim());
  return vi ? plainDate(Number(vi[4]), Number(vi[3]), Number(vi[1])) : null;
}

/**
 * A day that somebody asks about: far from the ends of the calendar, so that the day before and the
 * day after exist too. `null` for anything else.
 */
export function parseAskedDate(text: string): PlainDate | null {
  const date = parsePlainDate(text);
  return date && date >= '1800-01-01' && date <= '2999-12-31' ? date : null;
}

/** For dates written in code and packs; throws on a malformed one because that is a bug. */
export function day(text: string): PlainDate {
  const parsed = parsePlainDate(text);
  if (!parsed) throw new TypeError(`not a calendar day: ${text}`);
  return parsed;
}

export const laterOf = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b);

export const yearOf = (date: PlainDate): number => Number(date.slice(0, 4));

/** The day `days` later (negative: earlier). Throws a RangeError outside the years 1–9999. */
export function addDays(date: PlainDate, days: number): PlainDate {
  const utc = new Date(`${date}T00:00:00Z`);
  utc.setUTCDate(utc.getUTCDate() + days);
  const moved = plainDate(utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate());
  if (!moved) throw new RangeError(`no calendar day ${days} days from ${date}`);
  return moved;
}

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: PlainDate, b: PlainDate): number {
  return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / 86_400_000);
}

/** Is `date` inside `[from, to]`, both inclusive; `null` = open end. */
export function isWithin(date: PlainDate, from: PlainDate | null, to: PlainDate | null): boolean {
  return (from === null || from <= date) && (to === null || date <= to);
}

/** `01/07/2025`, the form officers read. */
export function formatDate(date: PlainDate): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}
