import type { PublicCell } from './publishable.js';
import { SMALLEST_PUBLISHED, isSmall, publishable } from './publishable.js';

/** Counts of the smallest part of a table; every published row is a sum of pieces. */
export interface Piece {
  households: number;
  poor: number;
  nearPoor: number;
}

/** One published row, e.g. a commune in one set of boundaries or an ethnic group. */
export interface TableRow {
  id: string;
  /** Indexes into the pieces. */
  pieces: readonly number[];
  /** Totals are hidden last. */
  isTotal: boolean;
  /** Part of a bridge between boundaries: given up before any row of a unit. */
  isPart?: boolean;
  /** The province by area class: given up after any unit. */
  isClass?: boolean;
}

/** What is published of a row: all households, the poor, the near-poor, both together. */
export type StatusColumn = 'households' | 'poor' | 'near-poor' | 'both';

const TOTAL_COST = 1e12;
const CLASS_COST = 1e11;
const HOUSEHOLDS_COST = 1e9;
const PART_COST = 1e-18;

/**
 * Which cells of tables of counts by status are hidden, over all rows and sets of boundaries that can
 * be seen together. The rest (neither poor nor near-poor) is not shown but follows from the row's
 * total, so a class is sensitive too when all households but 0–4 are in it.
 * @returns ids `row:column`
 */
export function hiddenCells(pieces: readonly Piece[], rows: readonly TableRow[]): Set<string> {
  const nobody = knownZeros(pieces, rows);
  const cells = rows.flatMap((row) => rowCells(pieces, row, nobody));
  const hidden = publishable(cells.filter(({ sum }) => sum.size > 0));
  // A zero that is known anyhow needs no other cell to guard it; a small group stays blank as a whole.
  for (const { id, sum, isSensitive } of cells) {
    if (sum.size === 0 && isSensitive) hidden.add(id);
  }
  return hidden;
}

/**
 * Of two cells that protect equally well the first is given up, so the order in which the database
 * happened to count must not show through: equal tables hide the same cells, always.
 */
export const inOrderOfKeys = <T>(pieces: ReadonlyMap<string, T>): [string, T][] =>
  [...pieces].sort(([a], [b]) => (a < b ? -1 : 1));

export const cellId = (rowId: string, column: StatusColumn): string => `${rowId}:${column}`;

/** Where the counts of a piece stand among the unknowns. */
const ALL = 0;
const POOR = 1;
const NEAR_POOR = 2;
const unknownOf = (piece: number, which: number): number => piece * 3 + which;

/**
 * Unknowns that are none: counts are not negative, so a row that is shown without a single poor household
 * says that none of its pieces has one.
 */
function knownZeros(pieces: readonly Piece[], rows: readonly TableRow[]): Set<number> {
  const zeros = new Set<number>();
  for (const row of rows) {
    const { households, poor, nearPoor } = totalOf(pieces, row);
    if (isSmall(households)) continue;
    for (const piece of row.pieces) {
      if (households === 0) zeros.add(unknownOf(piece, ALL));
      if (poor === 0) zeros.add(unknownOf(piece, POOR));
      if (nearPoor === 0) zeros.add(unknownOf(piece, NEAR_POOR));
    }
  }
  return zeros;
}

function totalOf(pieces: readonly Piece[], row: TableRow): Piece {
  const total = { households: 0, poor: 0, nearPoor: 0 };
  for (const index of row.pieces) {
    const piece = pieces[index]!;
    total.households += piece.households;
    total.poor += piece.poor;
    total.nearPoor += piece.nearPoor;
  }
  return total;
}

function rowCells(
  pieces: readonly Piece[],
  row: TableRow,
  nobody: ReadonlySet<number>,
): PublicCell[] {
  const total = totalOf(pieces, row);
  const all = total.households;
  const isFew = isSmall(all);
  // "All but a few" tells of nearly everybody in the group; "nobody" tells of no one.
  const isNearlyAll = (count: number) => all > 0 && all - count < SMALLEST_PUBLISHED;
  const cell = (column: StatusColumn, value: number, which: readonly number[]): PublicCell => ({
    id: cellId(row.id, column),
    value,
    sum: new Map(
      row.pieces
        .flatMap((piece) => which.map((one) => unknownOf(piece, one)))
        .filter((unknown) => !nobody.has(unknown))
        .map((unknown) => [unknown, 1] as const),
    ),
    isSensitive: column === 'households' ? isFew : isFew || isSmall(value) || isNearlyAll(value),
    cost: costOf(column, value) * (row.isPart ? PART_COST : 1) + costOfRank(row),
  });
  return [
    cell('households', all, [ALL]),
    cell('poor', total.poor, [POOR]),
    cell('near-poor', total.nearPoor, [NEAR_POOR]),
    cell('both', total.poor + total.nearPoor, [POOR, NEAR_POOR]),
  ];
}

const costOfRank = ({ isTotal, isClass }: TableRow): number =>
  isTotal ? TOTAL_COST : isClass ? CLASS_COST : 0;

/** The sum of both classes is given up first, then small counts, household totals last. */
function costOf(column: StatusColumn, value: number): number {
  if (column === 'households') return HOUSEHOLDS_COST + value;
  if (column === 'both') return value / 1e6;
  // A zero protects nothing: whoever subtracts knows that it is not negative.
  return value === 0 ? 1e6 : value;
}
