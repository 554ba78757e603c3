export { anchorBook, anchorBookOf } from './anchors/anchor-book.js';
export type { AnchorBook } from './anchors/anchor-book.js';
export { anchorMonths, anchorOf, anchorsOf, newestAnchor, readAnchor } from './anchors/anchor.js';
export type { Anchor } from './anchors/anchor.js';
export { keepCheckpoints } from './checkpoints/keep-checkpoints.js';
export type { Keeping } from './checkpoints/keep-checkpoints.js';
export { rotateKey } from './checkpoints/keys.js';
export { writeCheckpoint } from './checkpoints/write-checkpoint.js';
export { historyOf } from './history/history-of.js';
export type { HistoryOptions, Subject } from './history/history-of.js';
export { inspectionOf, listInspections } from './inspections/inspection.js';
export type { Inspection } from './inspections/inspection.js';
export { moveInspections, openInspectionsOf } from './inspections/move-inspections.js';
export {
  closeInspection,
  joinInspection,
  leaveInspection,
  openInspection,
  publishInspection,
} from './inspections/run-inspection.js';
export { changesIn } from './log/changes.js';
export type { Change } from './log/changes.js';
export type { EntryLine } from './log/entry-line.js';
export { EXPORT_LIMIT, exportEntries, pastExports } from './log/exports.js';
export type { ExportedFile, PastExport } from './log/exports.js';
export { listEntries } from './log/list-entries.js';
export type { EntryFilter, EntryPage } from './log/list-entries.js';
export { readEntry } from './log/read-entry.js';
export type { EntryDetail } from './log/read-entry.js';
export {
  AT_THE_MACHINE,
  SENTENCES,
  actionLabel,
  deedOf,
  sentenceOf,
  whoOf,
} from './log/sentences.js';
export type { Names } from './log/sentences.js';
export type { Break, BreakKind, VerifyReport } from './verify/report.js';
export { verifyLog } from './verify/verify-log.js';
