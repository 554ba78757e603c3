import { readInstance } from '../../figures/index.js';
import type { Store } from '../../store/index.js';

const NOTICE = 'SỐ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC';

/** Adds the simulation mark to an answer of a demonstration. */
export const markedFor =
  (store: Store) =>
  async <T extends object>(body: T): Promise<T & { notice?: string }> =>
    (await readInstance(store)).kind === 'demo' ? { ...body, notice: NOTICE } : body;
