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
