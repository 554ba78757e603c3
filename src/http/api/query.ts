import type { Context } from 'hono';
import type { Grouping } from '../../figures/index.js';
import { GROUPINGS } from '../../figures/index.js';
import type { PlainDate } from '../../kernel/index.js';
import { Problem, parseAskedDate } from '../../kernel/index.js';

const refuse = (name: string, wanted: string) =>
  new Problem('usage', {
    code: 'bad-query',
    what: `Tham số "${name}" không đọc được.`,
    todo: `Cần ${wanted}.`,
    details: { parameter: name },
  });

/** Reads one parameter; an address with the same name twice is refused, never guessed. */
function one(c: Context, name: string, wanted: string): string | undefined {
  const values = c.req.queries(name) ?? [];
  if (values.length > 1) throw refuse(name, `${wanted}, một lần`);
  return values[0] === '' ? undefined : values[0];
}

export function yearOf(c: Context, name: string): number {
  const year = optionalYear(c, name);
  if (year === undefined) throw refuse(name, 'năm của một đợt rà soát, ví dụ 2025');
  return year;
}

export function optionalYear(c: Context, name: string): number | undefined {
  const wanted = 'một năm, ví dụ 2025';
  const text = one(c, name, wanted);
  if (text === undefined) return undefined;
  if (!/^(19|20|21)\d\d$/.test(text)) throw refuse(name, wanted);
  return Number(text);
}

export function dateOf(c: Context, name: string): PlainDate | undefined {
  const wanted = 'một ngày có thật, ví dụ 2025-07-01';
  const text = one(c, name, wanted);
  if (text === undefined) return undefined;
  const date = parseAskedDate(text);
  if (!date) throw refuse(name, wanted);
  return date;
}

export function unitCodeOf(c: Context, name: string, otherwise: string): string {
  const wanted = 'mã đơn vị hành chính gồm 2 đến 5 chữ số';
  const text = one(c, name, wanted);
  if (text === undefined) return otherwise;
  if (!/^\d{2,5}$/.test(text)) throw refuse(name, wanted);
  return text;
}

export function groupingOf(c: Context): Grouping | undefined {
  const wanted = `một trong: ${GROUPINGS.join(', ')}`;
  const text = one(c, 'by', wanted);
  if (text === undefined) return undefined;
  const found = GROUPINGS.find((grouping) => grouping === text);
  if (!found) throw refuse('by', wanted);
  return found;
}

export function textOf(c: Context, name: string, maxLength: number): string {
  const wanted = `một đoạn chữ không quá ${maxLength} ký tự`;
  const text = one(c, name, wanted);
  if (text === undefined || text.length > maxLength) throw refuse(name, wanted);
  return text;
}
