export { anchorMonths, anchorOf, anchorsOf, newestAnchor, readAnchor } from './anchors/anchor.js';
export type { Anchor } from './anchors/anchor.js';
export { keepCheckpoints } from './checkpoints/keep-checkpoints.js';
export type { Keeping } from './checkpoints/keep-checkpoints.js';
export { rotateKey } from './checkpoints/keys.js';
export { writeCheckpoint } from './checkpoints/write-checkpoint.js';
export type { Break, BreakKind, VerifyReport } from './verify/report.js';
export { verifyLog } from './verify/verify-log.js';
