export { bookFor } from './books.js';
export type {
  HistoryEntry,
  HouseholdEvent,
  HouseholdMember,
  HouseholdRoundView,
  HouseholdView,
} from './household-view.js';
export { householdView } from './read-household.js';
export { CAUSE_IDS, DEPRIVATION_IDS } from './read-rounds.js';
