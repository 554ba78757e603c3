export { bookFor } from './books.js';
export { readCode } from './codes/code-text.js';
export { dataUses } from './codes/data-use.js';
export type { DataUse, DataUses } from './codes/data-use.js';
export { findByCode } from './codes/find-by-code.js';
export type { HouseholdOfCode } from './codes/find-by-code.js';
export { codeStanding, issueHouseholdCode } from './codes/issue-code.js';
export type { IssuedCode } from './codes/issue-code.js';
export type {
  HouseholdEvent,
  HouseholdMember,
  HouseholdRoundView,
  HouseholdView,
} from './household-view.js';
export { findByIdentifier } from './identifiers/find-by-identifier.js';
export type { FoundPerson } from './identifiers/find-by-identifier.js';
export { IDENTIFIER_LABEL, spacedNumber } from './identifiers/read-number.js';
export type { IdentifierKind } from './identifiers/read-number.js';
export {
  commandInputOf,
  enterIdentifier,
  recordIdentifier,
} from './identifiers/record-identifier.js';
export type { NewIdentifier, Recorded } from './identifiers/record-identifier.js';
export { SEALED_IDENTIFIERS } from './identifiers/sealed-identifiers.js';
export {
  identifierRights,
  revealIdentifier,
  seeingNumbers,
} from './identifiers/show-identifiers.js';
export type {
  IdentifierRights,
  MaskedIdentifier,
  Revealed,
} from './identifiers/show-identifiers.js';
export { listHouseholds } from './list-households.js';
export type { HouseholdLine, HouseholdPage, HouseholdQuery } from './list-households.js';
export { householdView } from './read-household.js';
export { endRounds, insertRounds } from './write-rounds.js';
