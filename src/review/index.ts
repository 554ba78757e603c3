export {
  classifyByStandard,
  classifyScores,
  evaluatePoverty,
  isRefusal,
  refusalOf,
  standardOf,
  standardStep,
} from './evaluate.js';
export type { Evaluation, Refusal, Scores } from './evaluate.js';
export { explainHousehold, stepText } from './explain-household.js';
export type { HouseholdEvidence, HouseholdExplanation } from './explain-household.js';
export type { Field } from './field-export.js';
export {
  importRowGroups,
  importRowsNeedingReview,
  importSummary,
  listImports,
} from './import-queries.js';
export type {
  ComputedStatus,
  ImportChanges,
  ImportCounts,
  ImportResult,
  ImportRow,
  ImportRowGroup,
  ImportRowPage,
  ImportSummary,
  RowCounts,
  SheetCounts,
  SkippedSheet,
  UnresolvedSheet,
} from './import-result.js';
export { commitImport, importReview, previewAgain, previewImport } from './import-review.js';
export type { ImportInput, ImportReviewInput } from './import-review.js';
export { REASON_FIELDS, REASON_SENTENCES } from './reasons.js';
export { undoImport } from './undo-import.js';
export type { UndoInput } from './undo-import.js';
