/** "C7" → { column: 2, row: 7 }; `null` for anything else. */
export function parseReference(text: string): { column: number; row: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(text);
  if (!match) return null;
  let column = 0;
  for (const letter of match[1]!) column = column * 26 + (letter.charCodeAt(0) - 64);
  return { column: column - 1, row: Number(match[2]) };
}

/** A merged range, both ends inclusive. Kept as a range and never spread over its cells. */
export interface MergedRange {
  firstColumn: number;
  lastColumn: number;
  firstRow: number;
  lastRow: number;
}

/** "B4:B9". */
export function parseRange(text: string): MergedRange | null {
  const [from, to] = text.split(':').map(parseReference);
  if (!from || !to) return null;
  return { firstColumn: from.column, lastColumn: to.column, firstRow: from.row, lastRow: to.row };
}
