import type { Unit } from '../areas/index.js';
import { keyOf } from '../areas/index.js';
import { readShared } from '../store/index.js';
import type { Store } from '../store/index.js';
import type { Area } from './areas-of.js';
import { roundUnitsOf } from './areas-of.js';
import { cached } from './cache.js';
import type { HouseholdCell } from './counts.js';
import { KNOWN_NOW } from './counts.js';
import type { Round } from './instance.js';
import type { Basis, Coverage, FigureStatus } from './types.js';

/**
 * Which units of a round are decided, as keys `code@valid_from`: by a decision that recognises and that
 * no later one had replaced or taken back by then.
 */
export type Decided = ReadonlySet<string>;

export function readDecided(store: Store, round: number, knownAt: Date | null): Promise<Decided> {
  const known = knownAt?.toISOString() ?? KNOWN_NOW;
  return cached(store, `decided ${round} ${known}`, async () => {
    const { rows } = await readShared(store, (tx) =>
      tx.query<{ key: string }>(
        `select d.unit_code || '@' || d.unit_valid_from::text as key
         from recognition_decisions d
         where d.round = $1 and d.kind = 'recognition' and d.recorded_at <= $2
           and not exists (
             select from recognition_decisions n
             where n.replaces_decision_id = d.decision_id and n.recorded_at <= $2)`,
        [round, known],
      ),
    );
    return new Set(rows.map((row) => row.key));
  });
}

/** The units of the round's own day behind each commune of the area, and all of them once. */
export interface RoundUnits {
  all: readonly Unit[];
  behind: ReadonlyMap<string, readonly Unit[]>;
}

export function roundUnits(area: Area, round: Round): RoundUnits {
  const behind = new Map<string, readonly Unit[]>();
  const all = new Map<string, Unit>();
  for (const commune of area.communes) {
    const units = roundUnitsOf(commune, area.date, round.referenceDate);
    behind.set(commune.code, units);
    for (const unit of units) all.set(keyOf(unit), unit);
  }
  return { all: [...all.values()], behind };
}

/**
 * One undecided unit makes the whole figure count proposals: recognised and proposed statuses are
 * never added up (DESIGN §3 law 6).
 */
export const basisOf = (units: RoundUnits, decided: Decided): Basis =>
  units.all.length > 0 && units.all.every((unit) => decided.has(keyOf(unit)))
    ? 'recognised'
    : 'proposed';

export const statusOf = (basis: Basis): FigureStatus =>
  basis === 'recognised' ? 'recognised' : 'provisional';

export const countedStatus = (basis: Basis) =>
  basis === 'recognised' ? ('recognised_status' as const) : ('proposed_status' as const);

/** Units without a single row and without a decision: what they hold is unknown, not zero. */
export function unitsWithoutData(
  units: readonly Unit[],
  decided: Decided,
  cells: readonly HouseholdCell[],
): Unit[] {
  const withRows = unitsWithRows(cells);
  return units.filter((unit) => !decided.has(keyOf(unit)) && !withRows.has(unit.code));
}

/** Each set of cells is asked about for hundreds of areas. */
function unitsWithRows(cells: readonly HouseholdCell[]): ReadonlySet<string | null> {
  const known = withRowsOf.get(cells) ?? new Set(cells.map((cell) => cell.roundUnitCode));
  withRowsOf.set(cells, known);
  return known;
}

const withRowsOf = new WeakMap<readonly HouseholdCell[], ReadonlySet<string | null>>();

export function coverageOf(
  units: RoundUnits,
  decided: Decided,
  cells: readonly HouseholdCell[],
): Coverage {
  const withRows = unitsWithRows(cells);
  return {
    units: units.all.length,
    unitsWithRows: units.all.filter((unit) => withRows.has(unit.code)).length,
    unitsDecided: units.all.filter((unit) => decided.has(keyOf(unit))).length,
  };
}

/** "12 trên 65 đơn vị chưa có dữ liệu của đợt 2025: Xã A, Xã B và 10 đơn vị khác." */
export function missingSentence(lacking: readonly Unit[], all: number, round: number): string {
  const named = lacking.slice(0, 5).map((unit) => unit.name);
  const others = lacking.length - named.length;
  const more = others > 0 ? ` và ${others} đơn vị khác` : '';
  return `${lacking.length} trên ${all} đơn vị chưa có dữ liệu của đợt ${round}: ${named.join(', ')}${more}.`;
}
