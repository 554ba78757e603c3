import type { PlainDate } from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import { readShared } from '../../store/index.js';
import type { Anchor } from './anchor.js';
import {
  anchorMissing,
  anchorMonths,
  anchorOf,
  anchorsOf,
  monthsBetween,
  newestAnchor,
} from './anchor.js';

/** What everybody may ask about anchors, wherever they are kept. */
export interface AnchorBook {
  /** Months with anchors, newest first: `2025-10`. */
  months(): Promise<string[]>;
  /** One anchor a day, newest first; both days inclusive. */
  between(from: PlainDate, to: PlainDate): Promise<readonly Anchor[]>;
  newest(): Promise<Anchor | null>;
  /** @throws Problem `anchor-missing` */
  of(date: PlainDate): Promise<Anchor>;
}

/** The anchors of a running instance. */
export const anchorBook = (store: Store): AnchorBook => ({
  months: () => readShared(store, anchorMonths),
  between: (from, to) => readShared(store, (tx) => anchorsOf(tx, from, to)),
  newest: () => readShared(store, newestAnchor),
  of: (date) => readShared(store, (tx) => anchorOf(tx, date)),
});

/** Anchors that were taken elsewhere, newest first. */
export function anchorBookOf(anchors: readonly Anchor[]): AnchorBook {
  const [newest] = anchors;
  const oldest = anchors.at(-1);
  return {
    months: () =>
      Promise.resolve(
        newest && oldest ? monthsBetween(oldest.date.slice(0, 7), newest.date.slice(0, 7)) : [],
      ),
    between: (from, to) =>
      Promise.resolve(anchors.filter(({ date }) => date >= from && date <= to)),
    newest: () => Promise.resolve(newest ?? null),
    of: async (date) => {
      const found = anchors.find((anchor) => anchor.date === date);
      if (!found) throw anchorMissing(date);
      return Promise.resolve(found);
    },
  };
}
