import type { FlowCell, FlowSubject } from '../flow-cells.js';
import { FLOW_SUBJECTS, enteringColumn, leavingColumn } from '../flow-cells.js';
import type { FormCell, FormRow, Measure } from '../types.js';
import type { RowHead } from './result-form.js';

const MEASURES: readonly Measure[] = ['household', 'person'];

/**
 * Forms 2 and 3, dynamics of poor and near-poor households, in households and in persons.
 *
 * A household whose unit changed leaves one unit by column 4 and enters the other by column 8; the
 * province is the sum of its units, so a move inside it stands in both columns. A change of class
 * counts the persons of the round before in either form, so that form 2 column 2 equals form 3
 * column 5; what the household gained or lost in members goes to columns 8 and 4.
 */
export function flowRows(
  form: 2 | 3,
  heads: readonly RowHead[],
  cells: readonly FlowCell[],
  result: readonly FormRow[],
): FormRow[] {
  const flow = FLOW_SUBJECTS[form];
  return heads.flatMap((head) => {
    const { unitCode, unitValidFrom, name, level } = head;
    if (head.lacks !== null) {
      return endOnlyRows(
        form,
        result.filter((row) => row.unitCode === unitCode),
      );
    }
    const isOneUnit = level === 'commune' || level === 'uncertain';
    const near = isOneUnit ? (cellsByUnit(cells).get(unitCode) ?? []) : cells;
    const counts = countFlows(flow, head, near);
    return MEASURES.map((measure) => {
      return { unitCode, unitValidFrom, name, level, measure, cells: counts[measure] };
    });
  });
}

type ByUnit = ReadonlyMap<string | null, readonly FlowCell[]>;

const byUnit = new WeakMap<readonly FlowCell[], ByUnit>();

/** The cells that touch a unit on either side: a province has hundreds of units and thousands of cells. */
function cellsByUnit(cells: readonly FlowCell[]): ByUnit {
  const known = byUnit.get(cells);
  if (known) return known;
  const made = new Map<string | null, FlowCell[]>();
  for (const cell of cells) {
    for (const unit of new Set([cell.unitBefore, cell.unitAfter])) {
      const near = made.get(unit);
      if (near) near.push(cell);
      else made.set(unit, [cell]);
    }
  }
  byUnit.set(cells, made);
  return made;
}

/** When flows cannot be counted: only column 9 is known, from the result of the round itself. */
export function endOnlyRows(form: 2 | 3, result: readonly FormRow[]): FormRow[] {
  const [households, persons] = form === 2 ? (['3', '9'] as const) : (['5', '11'] as const);
  return result.flatMap((row) =>
    MEASURES.map((measure) => {
      const source = measure === 'household' ? households : persons;
      return { ...row, measure, cells: { ...noCells(), 9: row.cells[source] ?? null } };
    }),
  );
}

const noCells = (): Record<string, FormCell> =>
  Object.fromEntries(Array.from({ length: 9 }, (_, index) => [String(index + 1), null]));

interface Counts {
  household: Record<string, FormCell>;
  person: Record<string, FormCell>;
}

function countFlows(flow: FlowSubject, head: RowHead, cells: readonly FlowCell[]): Counts {
  const households = new Array<number>(10).fill(0);
  const persons = new Array<number>(10).fill(0);
  let unknownSize = 0;
  const add = (column: number, inHouseholds: number, inPersons: number) => {
    households[column]! += inHouseholds;
    persons[column]! += inPersons;
  };
  for (const cell of cells) {
    const wasHere = cell.statusBefore === flow.subject && head.holds(cell.unitBefore);
    const isHere = cell.statusAfter === flow.subject && head.holds(cell.unitAfter);
    if (!wasHere && !isHere) continue;
    unknownSize += cell.unknownSize;
    if (wasHere) {
      add(1, cell.households, cell.personsBefore);
      const column = leavingColumn(flow, cell);
      if (column !== null) add(column, cell.households, cell.personsBefore);
    }
    if (isHere) {
      add(9, cell.households, cell.personsAfter);
      const column = enteringColumn(flow, cell);
      if (column === 8) {
        add(8, cell.households, cell.personsAfter);
        continue;
      }
      if (column !== null) add(column, cell.households, cell.personsBefore);
      add(8, 0, cell.personsMore);
      add(4, 0, cell.personsFewer);
    }
  }
  const asCells = (counts: number[]): Record<string, FormCell> =>
    Object.fromEntries(counts.map((count, column) => [String(column), count] as const).slice(1));
  return {
    household: asCells(households),
    person: unknownSize > 0 ? noCells() : asCells(persons),
  };
}
