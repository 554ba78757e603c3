import type { PlainDate, PovertyStatus } from '../kernel/index.js';
import type { Tx } from '../store/index.js';
import type { HouseholdRoundView } from './household-view.js';

/** Ids of the 12 indicators and the 8 causes, as their columns end. */
export const DEPRIVATION_IDS = [
  'emp',
  'dep',
  'nut',
  'ins',
  'adu',
  'chi',
  'hqu',
  'har',
  'wat',
  'toi',
  'tel',
  'inf',
] as const;
export const CAUSE_IDS = [
  'no_land',
  'no_capital',
  'no_labour',
  'no_tools',
  'no_knowledge',
  'no_skill',
  'illness',
  'other',
] as const;

type Flags = Record<`deprived_${string}` | `cause_${string}`, boolean | null>;

interface RoundRow extends Flags {
  [column: string]: unknown;
}

const ROUNDS = `
  select r.*, e.kind as ending_kind, d.number as decision_number, d.decided_on,
    d.signer_name, d.is_simulated as decision_is_simulated
  from household_rounds r
  left join household_round_endings e on e.book_id = r.book_id
    and e.household_id = r.household_id and e.round = r.round and e.row_id = r.row_id
  left join recognition_decisions d on d.decision_id = r.decision_id
  where r.book_id = $1 and r.household_id = $2
  order by r.round desc, e.kind is not null, r.recorded_at desc, r.row_id desc`;

/** All rows of a household, those that count and those that were replaced or voided. */
export async function readRounds(
  tx: Tx,
  bookId: string,
  householdId: string,
): Promise<HouseholdRoundView[]> {
  const { rows } = await tx.query<RoundRow>(ROUNDS, [bookId, householdId]);
  return rows.map(toView);
}

const decimal = (value: unknown): number | null => (value === null ? null : Number(value));

function toView(row: RoundRow): HouseholdRoundView {
  const ending = row['ending_kind'] as 'replaced' | 'voided' | null;
  return {
    round: row['round'] as number,
    rowId: row['row_id'] as string,
    state: ending ?? 'current',
    standardId: row['standard_id'] as string,
    area: row['area'] as 'rural' | 'urban' | null,
    areaClass: row['area_class'] as string | null,
    fieldCode: row['field_code'] as string | null,
    headName: row['head_name'] as string | null,
    headSex: row['head_sex'] as 'male' | 'female' | null,
    headBirthYear: row['head_birth_year'] as number | null,
    headEthnicityId: row['head_ethnicity_id'] as string | null,
    members: row['members'] as number | null,
    quickScreenPassed: row['quick_screen_passed'] as boolean | null,
    b1: decimal(row['b1']),
    b2: decimal(row['b2']),
    deprivations: flags(row, 'deprived_', DEPRIVATION_IDS),
    causes: flags(row, 'cause_', CAUSE_IDS),
    fieldStatus: row['field_status'] as PovertyStatus | null,
    proposedStatus: row['proposed_status'] as PovertyStatus | null,
    recognisedStatus: row['recognised_status'] as PovertyStatus | null,
    decision: decisionOf(row),
    ruleVersion: row['rule_version'] as string | null,
    reviewedOn: row['reviewed_on'] as PlainDate | null,
    reviewer: row['reviewer'] as string | null,
    importId: row['import_id'] as string | null,
    isSynthetic: row['is_synthetic'] as boolean,
    recordedAt: row['recorded_at'] as Date,
  };
}

function decisionOf(row: RoundRow): HouseholdRoundView['decision'] {
  if (row['decision_id'] === null) return null;
  return {
    number: row['decision_number'] as string | null,
    decidedOn: row['decided_on'] as PlainDate | null,
    signerName: row['signer_name'] as string | null,
    isSimulated: row['decision_is_simulated'] as boolean,
  };
}

function flags(
  row: RoundRow,
  prefix: 'deprived_' | 'cause_',
  ids: readonly string[],
): Record<string, boolean | null> {
  return Object.fromEntries(ids.map((id) => [id, row[`${prefix}${id}`] ?? null]));
}
