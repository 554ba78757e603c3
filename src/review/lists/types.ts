import type { PlainDate, PovertyStatus } from '../../kernel/index.js';
import type { ListAct, ListState, SigningAuthority } from './flow.js';

export type ListKind = 'recognition' | 'revocation';

export interface ListUnit {
  code: string;
  validFrom: PlainDate;
  name: string;
}

/** A list as the pages show it in a row. */
export interface ListSummary {
  listId: string;
  kind: ListKind;
  round: number;
  unit: ListUnit;
  state: ListState;
  households: number;
  poor: number;
  nearPoor: number;
  /** When the last step was taken. */
  changedAt: Date;
}

export type StatusCounts = Record<PovertyStatus, number>;

/** Classes of the snapshot beside those recognised in the round before, on the same ground. */
export interface ListCounts {
  now: StatusCounts;
  /** `null` = there is no round before; `notRecognised` households have no recognised class in it. */
  last: { round: number; standardId: string; counts: StatusCounts; notRecognised: number } | null;
  /** Ways between the two; `null` across standards, which are never compared. */
  flows: ListFlows | null;
}

export interface ListFlows {
  escapedPoverty: number;
  escapedNearPoverty: number;
  newlyPoor: number;
  newlyNearPoor: number;
  /** In the round before, and no longer in this one. */
  gone: number;
  /** In this round, and not in the one before. */
  fresh: number;
}

export interface ListStep {
  act: ListAct;
  at: Date;
  /** `null` = the installation itself. */
  by: string | null;
  /** On whose behalf, when the role was handed over. */
  behalf: string | null;
  office: string | null;
  role: string | null;
  reason: string | null;
}

export interface DecisionView {
  decisionId: string;
  kind: ListKind;
  number: string | null;
  decidedOn: PlainDate | null;
  signerName: string | null;
  signerTitle: string | null;
  isSimulated: boolean;
  recordedAt: Date;
  /** Name of the signed file; `null` for a simulated decision, which has none. */
  fileName: string | null;
}

/** One act somebody may take now, or why not. */
export interface OpenAct {
  act: ListAct;
  label: string;
  /** `null` = it may be done. */
  blockedBecause: string | null;
}

export interface ListView extends ListSummary {
  standardId: string;
  /** Why a decision in force is replaced or taken back. */
  reason: string | null;
  counts: ListCounts;
  preparedAt: Date;
  /** SHA-256 over the frozen rows, hexadecimal. */
  rowsHash: string;
  ruleVersions: string[];
  steps: ListStep[];
  acts: OpenAct[];
  decision: DecisionView | null;
  /** The decision that was in force when nothing was decided by this list. */
  replaces: DecisionView | null;
  authority: SigningAuthority;
}
