import type { PlainDate } from '../kernel/index.js';
import { Problem, isId, parseAskedDate } from '../kernel/index.js';

const refuse = (what: string, todo: string) =>
  new Problem('usage', { code: 'bad-query', what, todo });

/** A year of a round from the address, or the given one when the address names none. */
export function roundOf(text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  const round = Number(text);
  if (!/^\d{4}$/.test(text) || round < 2000 || round > 2100) {
    throw refuse(`“${text.slice(0, 20)}” không phải là một năm.`, 'Chọn năm trong danh sách.');
  }
  return round;
}

/** A boundary date from the address; `undefined` = the units of the round's own day. */
export function boundariesOf(text: string | undefined): PlainDate | undefined {
  if (text === undefined || text === '') return undefined;
  const date = parseAskedDate(text);
  if (!date) {
    throw refuse(`“${text.slice(0, 20)}” không phải là một ngày.`, 'Viết ngày như 2025-07-01.');
  }
  return date;
}

/** A unit code from the address. */
export function unitCodeOf(text: string | undefined, otherwise: string): string {
  if (text === undefined || text === '') return otherwise;
  if (!/^\d{2,5}$/.test(text)) {
    throw refuse(`“${text.slice(0, 20)}” không phải là mã đơn vị.`, 'Mã gồm 2 đến 5 chữ số.');
  }
  return text;
}

/** An id from the address; a malformed one is simply not found. */
export function idOf(text: string | undefined): string {
  if (text === undefined || !isId(text)) throw notFound();
  return text;
}

/** 1-based page number; nonsense is the first page. */
export const pageNumberOf = (text: string | undefined): number =>
  text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;

/** The one answer for what does not exist and for what is not yours to see. */
export const notFound = () =>
  new Problem('not-found', {
    code: 'page-not-found',
    what: 'Không có trang này, hoặc trang không dành cho bạn.',
    why: 'Địa chỉ có thể đã cũ, viết nhầm, hoặc cần quyền mà tài khoản đang dùng không có.',
    todo: 'Về trang đầu, hoặc đăng nhập bằng tài khoản có quyền.',
  });

/** The same where nobody signs in. */
export const notPublished = () =>
  new Problem('not-found', {
    code: 'page-not-found',
    what: 'Không có trang này.',
    why: 'Địa chỉ có thể đã cũ hoặc viết nhầm.',
    todo: 'Về trang đầu.',
  });
