import type { ApiCtx } from './api-env.js';

const NOTICE = 'SỐ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC';

/** Adds the simulation mark to an answer of a demonstration. */
export async function marked<T extends object>(
  c: ApiCtx,
  body: T,
): Promise<T & { notice?: string }> {
  const { kind } = await c.get('view').door.instance();
  return kind === 'demo' ? { ...body, notice: NOTICE } : body;
}
