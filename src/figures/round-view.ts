import type { PlainDate } from '../kernel/index.js';
import type { Store } from '../store/index.js';
import type { Area } from './areas-of.js';
import { areaOn } from './areas-of.js';
import type { Decided, RoundUnits } from './basis.js';
import {
  basisOf,
  coverageOf,
  missingSentence,
  readDecided,
  roundUnits,
  unitsWithoutData,
} from './basis.js';
import { cached } from './cache.js';
import type { Counts } from './counts.js';
import { readCounts } from './counts.js';
import type { Instance, Round } from './instance.js';
import { readInstance, requireRound } from './instance.js';
import type { Basis, Coverage, Grouping } from './types.js';

/** A round seen through one area and one set of boundaries: what every figure of it starts from. */
export interface RoundView {
  instance: Instance;
  round: Round;
  area: Area;
  basis: Basis;
  decided: Decided;
  units: RoundUnits;
  counts: Counts;
  coverage: Coverage;
  /** Empty when every unit of the area has rows or a decision. */
  missing: readonly string[];
  pending: number;
  notComputable: number;
  synthetic: boolean;
}

export interface ViewQuery {
  round: number;
  area: string;
  boundaries?: PlainDate | undefined;
  by?: Grouping | null;
  knownAt?: Date | undefined;
}

/** @throws Problem `round-missing`, `area-unknown`, `instance-missing` */
export function viewRound(store: Store, query: ViewQuery): Promise<RoundView> {
  const { round, area, boundaries, by, knownAt } = query;
  const key = ['view', round, area, boundaries, by ?? 'none', knownAt?.toISOString()].join(' ');
  return cached(store, key, () => buildView(store, query));
}

async function buildView(store: Store, query: ViewQuery): Promise<RoundView> {
  const instance = await readInstance(store);
  const round = requireRound(instance, query.round);
  const boundaries = query.boundaries ?? round.referenceDate;
  const knownAt = query.knownAt ?? null;
  const area = areaOn(query.area, boundaries, instance.provinceCode);
  const units = roundUnits(area, round);
  const decided = await readDecided(store, round.round, knownAt);
  const basis = basisOf(units, decided);
  const counts = await readCounts(store, {
    round: round.round,
    boundaries,
    referenceDate: round.referenceDate,
    basis,
    by: query.by ?? null,
    knownAt,
  });
  const inArea = counts.cells.filter((cell) => area.holds(cell.unitCode));
  const households = (keep: (status: string | null) => boolean) =>
    inArea.reduce((sum, cell) => sum + (keep(cell.status) ? cell.households : 0), 0);
  const lacking = unitsWithoutData(units.all, decided, counts.cells);
  return {
    instance,
    round,
    area,
    basis,
    decided,
    units,
    counts,
    coverage: coverageOf(units, decided, counts.cells),
    missing: lacking.length > 0 ? [missingSentence(lacking, units.all.length, round.round)] : [],
    pending: households((status) => status === null),
    notComputable: households((status) => status === 'not_computable'),
    synthetic: instance.kind === 'demo' || inArea.some((cell) => cell.isSynthetic),
  };
}
