import { percentRate } from '../../kernel/index.js';
import type { HouseholdCell } from '../counts.js';
import type { FormCell, FormRow } from '../types.js';

/** Who stands in a row: a unit on the boundary date, the whole area, or places without a sure unit. */
export interface RowHead {
  unitCode: string | null;
  unitValidFrom: FormRow['unitValidFrom'];
  name: string;
  level: FormRow['level'];
  /** Why the row has no numbers; `null` = it has. */
  lacks: string | null;
  /** Which cells of a count belong to the row. */
  holds: (unitCode: string | null) => boolean;
}

/**
 * Form 1, official result: households, persons, the poor and near-poor of both, with their rates.
 * The average living standard (columns 7, 8, 13, 14) is found by a survey that the review files do
 * not carry: those cells are `null`, not 0.
 */
export function resultRows(heads: readonly RowHead[], counts: readonly HouseholdCell[]): FormRow[] {
  return heads.map((head) => {
    const { unitCode, unitValidFrom, name, level } = head;
    const cells = head.lacks === null ? resultCells(counts.filter(belongsTo(head))) : NO_CELLS;
    return { unitCode, unitValidFrom, name, level, measure: null, cells };
  });
}

const belongsTo = (head: RowHead) => (cell: HouseholdCell) =>
  cell.status !== null && head.holds(cell.unitCode);

const NO_CELLS: Record<string, FormCell> = Object.fromEntries(
  Array.from({ length: 14 }, (_, index) => [String(index + 1), null]),
);

function resultCells(cells: readonly HouseholdCell[]): Record<string, FormCell> {
  const all = totals(cells);
  const poor = totals(cells.filter((cell) => cell.status === 'poor'));
  const near = totals(cells.filter((cell) => cell.status === 'near_poor'));
  return {
    ...NO_CELLS,
    1: all.households,
    2: all.persons,
    3: poor.households,
    4: percentRate(poor.households, all.households),
    5: near.households,
    6: percentRate(near.households, all.households),
    9: poor.persons,
    10: percentRate(poor.persons, all.persons),
    11: near.persons,
    12: percentRate(near.persons, all.persons),
  };
}

/** Persons are unknown as soon as one household's size is. */
function totals(cells: readonly HouseholdCell[]): { households: number; persons: number | null } {
  let households = 0;
  let persons = 0;
  let unknown = 0;
  for (const cell of cells) {
    households += cell.households;
    persons += cell.persons;
    unknown += cell.unknownSize;
  }
  return { households, persons: unknown > 0 ? null : persons };
}
