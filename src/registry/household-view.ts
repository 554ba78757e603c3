import type { PlainDate, PovertyStatus } from '../kernel/index.js';
import type { MaskedIdentifier } from './identifiers/show-identifiers.js';

/** Everything the household page shows, as far as the actor may see it. */
export interface HouseholdView {
  householdId: string;
  bookId: string;
  place: { placeId: string; name: string; kind: 'village' | 'unknown_village' };
  /** The commune the place lies in today; `null` while that is not certain. */
  unit: { code: string; validFrom: PlainDate; name: string } | null;
  openedRound: number | null;
  members: HouseholdMember[];
  /** Personal numbers of the members, masked. */
  identifiers: MaskedIdentifier[];
  /** Newest round first; within a round the row that counts first, then those it replaced. */
  rounds: HouseholdRoundView[];
  earlierStatuses: { round: number; standardId: string; status: PovertyStatus; source: string }[];
  events: HouseholdEvent[];
  /** The imports its rows came with. */
  importIds: string[];
  /** The lists on their way to a decision that it stands, or stood, on. */
  listIds: string[];
}

export interface HouseholdMember {
  personId: string;
  fullName: string;
  relation: string;
  sex: 'male' | 'female' | null;
  birthYear: number | null;
  ethnicityId: string | null;
  validFrom: PlainDate;
  validTo: PlainDate | null;
  endReason: string | null;
  isSynthetic: boolean;
}

/** One row of `household_rounds`, with how it ended. `null` = not collected or unknown. */
export interface HouseholdRoundView {
  round: number;
  rowId: string;
  /** `current` counts; a replaced row has a successor, a voided one was undone. */
  state: 'current' | 'replaced' | 'voided';
  standardId: string;
  area: 'rural' | 'urban' | null;
  areaClass: string | null;
  fieldCode: string | null;
  headName: string | null;
  headSex: 'male' | 'female' | null;
  headBirthYear: number | null;
  headEthnicityId: string | null;
  members: number | null;
  quickScreenPassed: boolean | null;
  b1: number | null;
  b2: number | null;
  /** The 12 indicators by id (`emp`, `dep`, …): `true` = deprived, `null` = unknown. */
  deprivations: Record<string, boolean | null>;
  /** The 8 causes by id (`no_land`, …). */
  causes: Record<string, boolean | null>;
  fieldStatus: PovertyStatus | null;
  proposedStatus: PovertyStatus | null;
  recognisedStatus: PovertyStatus | null;
  decision: {
    number: string | null;
    decidedOn: PlainDate | null;
    signerName: string | null;
    isSimulated: boolean;
  } | null;
  ruleVersion: string | null;
  reviewedOn: PlainDate | null;
  reviewer: string | null;
  importId: string | null;
  isSynthetic: boolean;
  recordedAt: Date;
}

export interface HouseholdEvent {
  round: number;
  kind: string;
  relatedHouseholdId: string | null;
  happenedOn: PlainDate | null;
}
