import type { Cell } from './cell.js';
import type { Header } from './header.js';

/** Names for the cells of a raw row: the title, or the column's letter. */
export function rawTitles(header: Header): string[] {
  const used = new Set<string>();
  return header.titles.map((title, column) => {
    const name = title !== null && !used.has(title) ? title : columnLetters(column);
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

/** A raw row as JSON object: its cells by their titles, in the order of the file. */
export function rawByTitle(titles: readonly string[], raw: Uint8Array): string {
  const cells = JSON.parse(
    Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString(),
  ) as Cell[];
  const members = cells.flatMap((cell, column) => {
    if (cell === null) return [];
    return `${JSON.stringify(titles[column] ?? columnLetters(column))}:${JSON.stringify(cell)}`;
  });
  return `{${members.join(',')}}`;
}
