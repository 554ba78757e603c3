export { checkTable } from './check-table.js';
export type { TableFault } from './check-table.js';
export { compileFacts, compileRule, readCitation } from './compile-rule.js';
export { classify, definitionTruth } from './evaluate.js';
export type { Choice } from './evaluate.js';
export { explain, nameOf } from './explain.js';
export type { Explanation } from './explain.js';
export { reduceMembers } from './members.js';
export { NOT_COMPUTABLE, STATES } from './model.js';
export type {
  Citation,
  Condition,
  Fact,
  Facts,
  FactValue,
  Parameter,
  ParameterCell,
  Row,
  Rule,
  State,
  Tri,
} from './model.js';
export { parseCondition } from './parse-condition.js';
export type { Scope } from './parse-condition.js';
export type {
  AmountData,
  CellData,
  ConditionData,
  DocumentData,
  FactData,
  RuleData,
} from './rule-data.js';
export { RuleError } from './rule-error.js';
export { citationText } from './sentences.js';
export type { Step } from './sentences.js';
export { STATE_LABEL, weakestState } from './states.js';
export { toColumns } from './to-columns.js';
export type { ColumnsClassifier, ColumnSet } from './to-columns.js';
export { toSql } from './to-sql.js';
export type { SqlColumns } from './to-sql.js';
export { scoreCard } from './scorecard.js';
export type { Score, Scorecard, ScoreItem, ScoreOption } from './scorecard.js';
export { describeRule } from './describe.js';
export type { RuleDescription } from './describe.js';
export { toLookup } from './to-lookup.js';
