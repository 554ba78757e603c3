import type { Cell } from './cell.js';
import type { Header } from './header.js';

/** Names for the cells of a raw row: the title, or the column's letter; no two are equal. */
export function rawTitles(header: Header): string[] {
  const used = new Set<string>();
  return header.titles.map((title, column) => {
    const letters = columnLetters(column);
    let name = title !== null && !used.has(title) ? title : letters;
    // A column may be titled with the letter of another.
    while (used.has(name)) name = `cột ${name}`;
    used.add(name);
    return name;
  });
}

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) {
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  }
  return letters;
}

/** A hole of more columns than this is not written out: a stray cell far to the right costs nothing. */
const WRITTEN_HOLES = 4;

/**
 * What stands in the JSON array of a raw row between the cell before and the one of `column`; `next` is
 * the column behind the cell before. Cells that are not there are null; after `{"at": n}` comes the cell
 * of column n (0 = A).
 */
export const gapBefore = (column: number, next: number): string =>
  column - next <= WRITTEN_HOLES ? `${',null'.repeat(column - next)},` : `,{"at":${column}},`;

const textDecoder = new TextDecoder();

/** A raw row as JSON object: its cells by their titles, in the order of the file. */
export function rawByTitle(titles: readonly string[], raw: Uint8Array): string {
  const items = JSON.parse(textDecoder.decode(raw)) as (Cell | { at: number })[];
  const members: string[] = [];
  let column = 0;
  for (const item of items) {
    if (typeof item === 'object' && item !== null) {
      column = item.at;
      continue;
    }
    const title = titles[column] ?? columnLetters(column);
    if (item !== null) members.push(`${JSON.stringify(title)}:${JSON.stringify(item)}`);
    column++;
  }
  return `{${members.join(',')}}`;
}
