import type { PlainDate, PovertyStatus } from '../kernel/index.js';
import { withActor } from '../store/index.js';
import type { Store } from '../store/index.js';
import { cached } from './cache.js';
import type { FlowCell } from './flow-cells.js';
import { readInstance } from './instance.js';
import { allIndicators } from './pack-files.js';
import { sqlText, withTransitions } from './sql-text.js';
import type { Basis, Grouping, IndicatorCode } from './types.js';
import { withoutGroups } from './without-groups.js';

/** One cell of `sql/views/household-cells.sql`. */
export interface HouseholdCell {
  unitCode: string | null;
  roundUnitCode: string | null;
  groupKey: string;
  status: PovertyStatus | null;
  isSynthetic: boolean;
  households: number;
  persons: number;
  unknownSize: number;
}

/** One row of an indicator's SQL file. */
export interface IndicatorCount {
  unitCode: string | null;
  groupKey: string;
  numerator: number;
  denominator: number | null;
}

export interface Counts {
  cells: readonly HouseholdCell[];
  indicators: ReadonlyMap<IndicatorCode, readonly IndicatorCount[]>;
}

export interface CountsQuery {
  round: number;
  boundaries: PlainDate;
  referenceDate: PlainDate;
  basis: Basis;
  /** Group keys of the cells; `place-and-class` and `ethnicity-and-minority` stay inside this room. */
  by: Grouping | 'place-and-class' | 'ethnicity-and-minority' | null;
  knownAt: Date | null;
}

type Line = HouseholdCell & { part: 'cells' | IndicatorCode } & {
  numerator: number | null;
  denominator: number | null;
};

export const KNOWN_NOW = 'infinity';

const knownText = (knownAt: Date | null): string => knownAt?.toISOString() ?? KNOWN_NOW;

/** Every indicator's numerator and denominator by unit and group, and the cells below them. */
export function readCounts(store: Store, query: CountsQuery): Promise<Counts> {
  const { round, boundaries, referenceDate, basis, by, knownAt } = query;
  const key = ['counts', round, boundaries, basis, by, knownText(knownAt)].join(' ');
  return cached(store, key, async () => {
    if (by === null && knownAt === null && boundaries === referenceDate) {
      // What is hidden is decided from these anyway: the rows of a round are read once.
      return withoutGroups(await readCounts(store, { ...query, by: 'place-and-class' }));
    }
    const { counter } = await readInstance(store);
    const parameters = [round, boundaries, basis, referenceDate, knownText(knownAt), by ?? 'none'];
    const lines = await withActor(
      store,
      counter,
      async (tx) => (await tx.query<Line>(countStatement(), parameters)).rows,
      { readOnly: true },
    );
    return splitLines(lines);
  });
}

function splitLines(lines: readonly Line[]): Counts {
  const cells: HouseholdCell[] = [];
  const indicators = new Map<IndicatorCode, IndicatorCount[]>();
  for (const line of lines) {
    if (line.part === 'cells') {
      cells.push(line);
      continue;
    }
    const { part, unitCode, groupKey, numerator, denominator } = line;
    const counts = indicators.get(part) ?? [];
    counts.push({ unitCode, groupKey, numerator: numerator ?? 0, denominator });
    indicators.set(part, counts);
  }
  return { cells, indicators };
}

let statement: string | null = null;

/**
 * One statement for all indicators: the cells are counted once, each indicator file then reads them.
 * `household_cells` leaves out rows that no decision covers; they are reported as pending.
 */
export function countStatement(): string {
  statement ??= [
    'with all_cells as materialized (',
    sqlText('sql/views/household-cells.sql'),
    '), household_cells as (select * from all_cells where status is not null)',
    `select 'cells' as part, unit_code as "unitCode", round_unit_code as "roundUnitCode",
      group_key as "groupKey", status, is_synthetic as "isSynthetic", households, persons,
      unknown_size as "unknownSize", null::bigint as numerator, null::bigint as denominator
     from all_cells`,
    ...allIndicators()
      .filter((indicator) => indicator.code !== 'poverty-rate-change')
      .map(
        ({ code, sql }) =>
          `union all select '${code}', i.unit_code, null, i.group_key, null, null, null, null, null,
            i.numerator::bigint, i.denominator::bigint from (${sqlText(sql)}) i`,
      ),
  ].join('\n');
  return statement;
}

export interface FlowsQuery {
  from: number;
  to: number;
  basisFrom: Basis;
  basisTo: Basis;
  boundaries: PlainDate;
}

/** The ways households went between two rounds; see `sql/views/flow-cells.sql`. */
export function readFlows(store: Store, query: FlowsQuery): Promise<readonly FlowCell[]> {
  const { from, to, basisFrom, basisTo, boundaries } = query;
  const key = ['flows', from, to, basisFrom, basisTo, boundaries].join(' ');
  return cached(store, key, async () => {
    const { counter } = await readInstance(store);
    const parameters = [from, to, basisFrom, basisTo, KNOWN_NOW, boundaries];
    const text = `${withTransitions()}
      select unit_before as "unitBefore", unit_after as "unitAfter",
        status_before as "statusBefore", status_after as "statusAfter",
        was_in_class as "wasInClass", is_synthetic as "isSynthetic", households,
        persons_before as "personsBefore", persons_after as "personsAfter",
        persons_more as "personsMore", persons_fewer as "personsFewer",
        unknown_size as "unknownSize"
      from (${sqlText('sql/views/flow-cells.sql')}) f`;
    return withActor(
      store,
      counter,
      async (tx) => (await tx.query<FlowCell>(text, parameters)).rows,
      { readOnly: true },
    );
  });
}
