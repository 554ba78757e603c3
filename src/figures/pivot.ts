import type { Actor, Store } from '../store/index.js';
import { withActor } from '../store/index.js';
import { requireRound, readInstance } from './instance.js';
import { sqlText } from './sql-text.js';

/** Households of one commune, ethnicity of the head, sex of the head and class. */
export interface PivotCell {
  unitCode: string | null;
  ethnicityId: string | null;
  sex: 'male' | 'female' | null;
  /** Recognised status; `null` = no decision yet. */
  status: string | null;
  households: number;
  persons: number;
}

/**
 * Commune × ethnicity × sex × class of a round in its own boundaries, as far as `actor` may see the
 * rows. For officers: its cells are small, none of it is published.
 */
export async function pivot(
  store: Store,
  actor: Actor,
  query: { round: number },
): Promise<PivotCell[]> {
  const { referenceDate } = requireRound(await readInstance(store), query.round);
  return withActor(
    store,
    actor,
    async (tx) => (await tx.query<PivotCell>(pivotStatement(), [query.round, referenceDate])).rows,
    { readOnly: true },
  );
}

/** The statement of the pivot; the bench runs it as it is. `$1` round, `$2` boundary date. */
export const pivotStatement = (): string => sqlText('sql/views/pivot.sql');
