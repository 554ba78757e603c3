import type { PlainDate } from '../../../kernel/index.js';
import { LOCKS } from '../../../store/index.js';
import type { Tx } from '../../../store/index.js';
import type { Choices, MovePlan } from './move-plan.js';

export type MoveState = 'planned' | 'executed' | 'voided';

export interface MoveRow {
  moveId: string;
  fromCode: string;
  fromName: string;
  provinceCode: string;
  on: PlainDate;
  state: MoveState;
  choices: Choices;
  /** As it was shown when it was planned. */
  plan: MovePlan;
}

const FIND = `
  select m.move_id as "moveId", m.from_code as "fromCode", u.name as "fromName",
    u.province_code as "provinceCode", m.effective_on as "on", m.state, m.choices, m.plan
  from office_moves m join units u on u.code = m.from_code and u.valid_from = m.from_valid_from
  where m.move_id = $1`;

export async function findMove(tx: Tx, moveId: string): Promise<MoveRow | null> {
  const { rows } = await tx.query<MoveRow>(FIND, [moveId]);
  return rows[0] ?? null;
}

/** What was planned or done for units, by their scope keys; what waits rather than what was done. */
export async function movesBy(tx: Tx, keys: readonly string[]): Promise<Map<string, MoveState>> {
  const { rows } = await tx.query<{ key: string; state: MoveState }>(
    `select 'u:' || from_code || '@' || from_valid_from as key, state from office_moves
     where state <> 'voided' and 'u:' || from_code || '@' || from_valid_from = any ($1)
     order by state = 'planned'`,
    [keys],
  );
  return new Map(rows.map(({ key, state }) => [key, state]));
}

/** Units move one after another, and nobody's roles change meanwhile (`lockRolesOf`). */
export const lockMoves = (tx: Tx): Promise<unknown> =>
  tx.query(`select pg_advisory_xact_lock(${LOCKS.moves})`);
