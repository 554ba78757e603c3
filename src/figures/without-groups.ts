import type { Counts, HouseholdCell, IndicatorCount } from './counts.js';

/** The group key of counts that are not divided, as `sql/views/household-cells.sql` names it. */
const ALL = 'all';

/** Counts of finer groups added up to those of whole units: what the database would count undivided. */
export function withoutGroups({ cells, indicators }: Counts): Counts {
  return {
    cells: addedUp(cells, cellKey, addCell),
    indicators: new Map(
      [...indicators].map(([code, counts]) => [code, addedUp(counts, unitKey, addCount)]),
    ),
  };
}

const cellKey = ({ unitCode, roundUnitCode, status }: HouseholdCell): string =>
  JSON.stringify([unitCode, roundUnitCode, status]);

const unitKey = ({ unitCode }: IndicatorCount): string => unitCode ?? '';

function addedUp<T extends { groupKey: string }>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  add: (sum: T, row: T) => void,
): T[] {
  const sums = new Map<string, T>();
  for (const row of rows) {
    const sum = sums.get(keyOf(row));
    if (sum) add(sum, row);
    else sums.set(keyOf(row), { ...row, groupKey: ALL });
  }
  return [...sums.values()];
}

function addCell(sum: HouseholdCell, cell: HouseholdCell): void {
  sum.isSynthetic ||= cell.isSynthetic;
  sum.households += cell.households;
  sum.persons += cell.persons;
  sum.unknownSize += cell.unknownSize;
}

function addCount(sum: IndicatorCount, count: IndicatorCount): void {
  sum.numerator += count.numerator;
  if (count.denominator !== null) sum.denominator = (sum.denominator ?? 0) + count.denominator;
}
