/** What a cell says. A date cell of a workbook arrives as ISO text, an error cell as its text. */
export type Cell = string | number | boolean | null;

/** One row of a sheet as the file holds it: sparse, so that a far cell costs nothing. */
export interface SheetRow {
  /** 1-based number as the spreadsheet program shows it. */
  number: number;
  /** Index = column (0 = A); holes and `null` are empty. */
  cells: readonly (Cell | undefined)[];
}

export function isEmptyCell(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}
