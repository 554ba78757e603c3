import type { UnitKey } from '../../areas/index.js';
import type { Tx } from '../../store/index.js';
import type { DecisionView } from './types.js';

const COLUMNS = `d.decision_id as "decisionId", d.kind, d.number, d.decided_on as "decidedOn",
  d.signer_name as "signerName", d.signer_title as "signerTitle",
  d.is_simulated as "isSimulated", d.recorded_at as "recordedAt",
  d.signed_file_name as "fileName"`;

/** The last decision on a round of a unit, whether it recognises or takes back. */
export async function latestOf(tx: Tx, round: number, unit: UnitKey): Promise<DecisionView | null> {
  const { rows } = await tx.query<DecisionView>(
    `select ${COLUMNS} from recognition_decisions d
     where d.round = $1 and d.unit_code = $2 and d.unit_valid_from = $3
       and not exists (
         select from recognition_decisions n where n.replaces_decision_id = d.decision_id)`,
    [round, unit.code, unit.validFrom],
  );
  return rows[0] ?? null;
}

/** The decision by which households of the unit are recognised in the round; `null` = none. */
export async function inForceOf(
  tx: Tx,
  round: number,
  unit: UnitKey,
): Promise<DecisionView | null> {
  const latest = await latestOf(tx, round, unit);
  return latest?.kind === 'recognition' ? latest : null;
}

export async function decisionById(tx: Tx, decisionId: string): Promise<DecisionView | null> {
  const { rows } = await tx.query<DecisionView>(
    `select ${COLUMNS} from recognition_decisions d where d.decision_id = $1`,
    [decisionId],
  );
  return rows[0] ?? null;
}

/** The decision that this one replaced or took back. */
export async function replacedBy(tx: Tx, decisionId: string): Promise<DecisionView | null> {
  const { rows } = await tx.query<DecisionView>(
    `select ${COLUMNS} from recognition_decisions d
     join recognition_decisions n on n.replaces_decision_id = d.decision_id
     where n.decision_id = $1`,
    [decisionId],
  );
  return rows[0] ?? null;
}
