import type { AreaBridgeLine, UnitKey } from '../areas/index.js';
import { areaBridge, areaRegister } from '../areas/index.js';
import type { PlainDate } from '../kernel/index.js';
import type { Store } from '../store/index.js';
import { withActor } from '../store/index.js';
import { statusOf, unitsWithoutData } from './basis.js';
import { cached } from './cache.js';
import { readInstance } from './instance.js';
import { viewRound } from './round-view.js';
import type { Basis, BoundaryBridge, BoundaryBridgeCounts, BoundaryBridgeLine } from './types.js';

export interface BoundaryBridgeQuery {
  area: string;
  round: number;
  /** Boundaries that the round is brought to; default: those of its own day. */
  boundaries?: PlainDate | undefined;
}

/**
 * Which units of a round's own day make up an area in other boundaries: villages and households of
 * each, adding up to the area to the last household. Sees everything; the public asks
 * `publicBoundaryBridge`.
 * @throws Problem `round-missing`, `area-unknown`, `instance-missing`
 */
export async function boundaryBridge(
  store: Store,
  query: BoundaryBridgeQuery,
): Promise<BoundaryBridge> {
  const view = await viewRound(store, query);
  const { round, area, basis } = view;
  const counted = (await readLines(store, round.round, round.referenceDate, area.date, basis))
    .filter((line) => area.holds(line.is?.code ?? null))
    .map((line) => namedLine(line.was, line.is, line));
  const lacking = unitsWithoutData(view.units.all, view.decided, view.counts.cells);
  return {
    round: round.round,
    area: area.unit.code,
    areaName: area.unit.name,
    areaValidFrom: area.unit.validFrom,
    was: round.referenceDate,
    is: area.date,
    standard: round.standardId,
    status: statusOf(basis),
    synthetic: view.synthetic,
    lines: [...counted, ...lacking.map((unit) => namedLine(unit, null, UNKNOWN))],
    total: lacking.length > 0 ? { ...UNKNOWN, places: totalOf(counted).places } : totalOf(counted),
    pending: view.pending,
    missing: view.missing,
  };
}

/** Without a single row or decision: what the unit holds is unknown, not zero. */
const UNKNOWN: BoundaryBridgeCounts = { places: 0, households: null, poor: null, nearPoor: null };

/** Rows that no decision covers are left out where decisions are counted: they are `pending`. */
const COUNTED = `select place_id, status from (
    select place_id, case $3::text
      when 'recognised' then recognised_status
      else coalesce(proposed_status, 'not_computable')
    end as status
    from current_household_rounds where round = $4
  ) counted where status is not null`;

function readLines(
  store: Store,
  round: number,
  was: PlainDate,
  is: PlainDate,
  basis: Basis,
): Promise<AreaBridgeLine[]> {
  return cached(store, `boundary bridge ${round} ${is} ${basis}`, async () => {
    const { counter } = await readInstance(store);
    return withActor(store, counter, (tx) => areaBridge(tx, was, is, COUNTED, [basis, round]), {
      readOnly: true,
    });
  });
}

function namedLine(
  was: UnitKey | null,
  is: UnitKey | null,
  { places, households, poor, nearPoor }: BoundaryBridgeCounts,
): BoundaryBridgeLine {
  return { was: named(was), is: named(is), places, households, poor, nearPoor };
}

const named = (key: UnitKey | null): BoundaryBridgeLine['was'] =>
  key && {
    code: key.code,
    validFrom: key.validFrom,
    name: areaRegister().unit(key)?.name ?? key.code,
  };

function totalOf(lines: readonly BoundaryBridgeLine[]): BoundaryBridgeCounts {
  const sum = (key: 'places' | 'households' | 'poor' | 'nearPoor') =>
    lines.reduce((total, line) => total + (line[key] ?? 0), 0);
  return {
    places: sum('places'),
    households: sum('households'),
    poor: sum('poor'),
    nearPoor: sum('nearPoor'),
  };
}
