import type { PlainDate } from '../../kernel/index.js';

/** What is wrong at one place of the log. */
export type BreakKind =
  // entries
  | 'edited'
  | 'payload-edited'
  | 'payload-removed'
  | 'removed'
  | 'reordered'
  | 'inserted'
  | 'unchained'
  | 'truncated'
  | 'rewritten'
  // heads
  | 'head-removed'
  | 'head-edited'
  // checkpoints and keys
  | 'checkpoint-removed'
  | 'checkpoint-edited'
  | 'checkpoint-not-signed'
  | 'key-not-signed'
  // what this machine remembers of its last signature
  | 'signed-checkpoint-gone'
  // anchors kept elsewhere
  | 'anchor-checkpoint-gone'
  | 'anchor-differs';

export interface Break {
  kind: BreakKind;
  /** What it means, for an inspector to read. */
  what: string;
  stream: string | null;
  seq: number | null;
  /** The entry itself; of one that is gone, nothing but its place is left. */
  entryId: string | null;
  action: string | null;
  recordedAt: string | null;
  /** Number of the checkpoint concerned. */
  checkpoint: number | null;
}

export interface VerifiedAnchor {
  date: PlainDate;
  number: number;
  ok: boolean;
}

/** What `audit verify` answers. */
export interface VerifyReport {
  ok: boolean;
  entries: number;
  streams: number;
  /** Entries whose payload was taken out by decision. */
  redacted: number;
  checkpoints: number;
  /** Entries after the last checkpoint: cut off, they would not be missed yet. */
  notYetSigned: number;
  keys: number;
  /** Keys after the first that no earlier key vouches for (a lost one was replaced). */
  keysOnTheirOwn: string[];
  anchors: VerifiedAnchor[];
  /** The earliest thing that is wrong. */
  first: Break | null;
  /** At most the first thing of each stream, one of the checkpoints, one of each anchor. */
  broken: Break[];
  seconds: number;
  entriesPerSecond: number;
}

/** A break with what is not known left empty. */
export const breakAt = (
  kind: BreakKind,
  what: string,
  where: Partial<Omit<Break, 'kind' | 'what'>>,
): Break => ({
  ...{ kind, what },
  ...{ stream: null, seq: null, entryId: null, action: null, recordedAt: null, checkpoint: null },
  ...where,
});
