import { parsePlainDate, plainDate } from '../../kernel/index.js';

/** A day `2025-10-17`, or a year `2025` where no more was written. */
export type DateText = string;

const YEAR = /^(19|20)\d{2}$/;
const SERIAL = /^\d{5}([.,]\d+)?$/;
const WITH_TIME = /^(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})[T ,]+\d{1,2}:\d{2}\S*( ?[AaPp][Mm])?$/;
// Serials of 1955 to 2078: outside, a number is not a date of a review.
const FIRST_SERIAL = 20_000;
const LAST_SERIAL = 65_380;

/**
 * Reads a date as people and programs write it: `17/10/2025`, `17-10-2025`, `2025-10-17`, with or
 * without a time, an Excel serial (45947), or a year alone. Day before month, as in Vietnam; a date
 * that exists only the other way round is not guessed. `null` = not readable.
 */
export function parseDateText(text: string): DateText | null {
  if (YEAR.test(text)) return text;
  if (SERIAL.test(text)) return serialOf(Number(text.replace(',', '.')));
  return parsePlainDate(WITH_TIME.exec(text)?.[1] ?? text);
}

/** A number in a date column without a date style: a year, or days since 1900. */
export function dateOfNumber(value: number): DateText | null {
  if (Number.isInteger(value) && YEAR.test(String(value))) return String(value);
  return serialOf(value);
}

const serialOf = (serial: number): DateText | null =>
  serial >= FIRST_SERIAL && serial <= LAST_SERIAL ? excelDay(serial, false) : null;

/**
 * The day of an Excel serial (the time of day is dropped); `null` outside years 1900–9999.
 * The 1900 system counts a 29/2/1900 that never was, so serials below 61 are one day later than a
 * plain count from 31/12/1899, and serial 60 is no day. ECMA-376 Part 1 §18.17.4.1.
 */
export function excelDay(serial: number, is1904: boolean): DateText | null {
  const whole = Math.floor(serial);
  if (is1904) return whole < 0 ? null : dayAfter(1904, 1, 1, whole);
  if (whole < 1 || whole === 60) return null;
  return dayAfter(1899, 12, 31, whole < 60 ? whole : whole - 1);
}

function dayAfter(year: number, month: number, day: number, days: number): DateText | null {
  if (days > 3_000_000) return null;
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return plainDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}
