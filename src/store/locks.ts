/**
 * The advisory locks of the database, in one place so that no two share a number by accident. What
 * takes one says until when it holds it; a lock of one round is (`round`, number of the round).
 */
export const LOCKS = {
  /** Roles of the server are made. */
  roles: 7_400_001,
  /** The schema is brought up to date. */
  migrate: 7_400_002,
  /** The public edition is replaced. */
  publish: 7_400_005,
  /** Shared: a sealed column is written; alone: its keys change. */
  keys: 7_400_010,
  /** A checkpoint is written or its key changes. */
  checkpoint: 7_400_011,
  /** Results of a round are written. */
  round: 7_400_012,
  /** Shared: somebody's roles change; alone: what a unit holds moves. */
  moves: 7_400_023,
} as const;
