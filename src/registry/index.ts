export { bookFor } from './books.js';
export type {
  HouseholdEvent,
  HouseholdMember,
  HouseholdRoundView,
  HouseholdView,
} from './household-view.js';
export { listHouseholds } from './list-households.js';
export type { HouseholdLine, HouseholdPage, HouseholdQuery } from './list-households.js';
export { householdView } from './read-household.js';
