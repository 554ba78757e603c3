export { makeDecisionPack, ruleVersion } from './decisions.js';
export type { DecisionPack, Indicator } from './decisions.js';
export type {
  EthnicGroup,
  EthnicGroups,
  EthnicGroupSet,
  EthnicNameMatch,
  EthnicScheme,
} from './ethnic-groups.js';
export { ethnicNames } from './ethnic-names.js';
export { loadPacks } from './load-packs.js';
export type { PackCitation, Packs } from './load-packs.js';
export { invalidPack, packsRoot, readPack } from './read-pack.js';
export type { Pack } from './read-pack.js';
export type { ScorecardPack } from './scorecards.js';
export { periodAt } from './validity.js';
