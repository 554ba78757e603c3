export { writtenCounts } from './count-rows.js';
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
export { importOfWholeCommunes, mayImport } from './permission.js';
export { commitImport, importReview, previewAgain, previewImport } from './import-review.js';
export type { ImportInput, ImportReviewInput } from './import-review.js';
export { REASON_FIELDS, REASON_SENTENCES } from './reasons.js';
export { undoImport } from './undo-import.js';
export type { UndoInput } from './undo-import.js';
export { boardLine, recognitionBoard } from './lists/board.js';
export type { BoardLine } from './lists/board.js';
export { decideList } from './lists/decide-list.js';
export type { SignedDecision } from './lists/decide-list.js';
export { recognitionFlow } from './lists/flow.js';
export type { ListAct, ListState, RecognitionFlow, SigningAuthority } from './lists/flow.js';
export { POSTED, listLists, listView, postingOf } from './lists/list-queries.js';
export type { ListLine, Posted, PostedRow, Posting } from './lists/list-queries.js';
export { approveList, returnList, submitList, withdrawList } from './lists/move-list.js';
export { prepareAgain, prepareList } from './lists/prepare-list.js';
export { checkSignedPaper, signedPaper } from './lists/signed-paper.js';
export type { PaperCheck } from './lists/signed-paper.js';
export type { DecisionView, ListCounts, ListStep, ListSummary, ListView } from './lists/types.js';
export type { ListKind, OpenAct } from './lists/types.js';
export { moveOpenWork, openWorkOf } from './open-work.js';
