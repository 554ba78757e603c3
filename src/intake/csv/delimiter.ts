const CANDIDATES = [',', ';', '\t'] as const;
const LINES = 20;

export type Delimiter = (typeof CANDIDATES)[number];

/**
 * Which of `,` `;` tab separates the cells: the one that cuts most of the first lines into the same
 * number of pieces, quotes apart (a decimal comma cuts some lines and not their header). Excel's own
 * first line `sep=;` is believed.
 */
export function findDelimiter(start: string): Delimiter {
  const declared = /^sep=([,;\t])\r?\n/.exec(start)?.[1];
  if (declared) return declared as Delimiter;
  const lines = start
    .replace(/"[^"]*("|$)/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, LINES);
  const fits = (delimiter: Delimiter) => fit(lines.map((line) => line.split(delimiter).length));
  return CANDIDATES.reduce((best, next) => (fits(next) > fits(best) ? next : best));
}

/** Lines cut into the same number of pieces, times that number; the best such number counts. */
function fit(pieces: readonly number[]): number {
  const lines = new Map<number, number>();
  for (const count of pieces) {
    if (count > 1) lines.set(count, (lines.get(count) ?? 0) + 1);
  }
  return Math.max(0, ...[...lines].map(([count, times]) => count * times));
}
