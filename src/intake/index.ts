export type { Cell } from './cell.js';
export { fieldReader } from './header.js';
export { DEFAULT_LIMITS } from './limits.js';
export type { ReadLimits } from './limits.js';
export { classifiedUpload, findMarking } from './marking/find-marking.js';
export type { LookOptions } from './marking/find-marking.js';
export type { Marking } from './marking/marking.js';
export type { ColumnMapping, ColumnType, SheetMapping } from './mapping.js';
export { stageFile } from './stage-file.js';
export type { StageFileOptions } from './stage-file.js';
export type {
  RawCells,
  RowKind,
  SheetAccount,
  StageEvent,
  StagedRow,
  UnreadColumn,
} from './staged.js';
export { storedFilePath, storeFile } from './store-file.js';
export type { StoredFile } from './store-file.js';
