const CANDIDATES = [',', ';', '\t'] as const;
const LINES = 20;

export type Delimiter = (typeof CANDIDATES)[number];

/**
 * Which of `,` `;` tab separates the cells: the one that cuts the widest of the first lines into most
 * pieces, quotes apart. Excel's own first line `sep=;` is believed.
 */
export function findDelimiter(start: string): Delimiter {
  const declared = /^sep=([,;\t])\r?\n/.exec(start)?.[1];
  if (declared) return declared as Delimiter;
  const lines = start
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/)
    .slice(0, LINES);
  const widest = (delimiter: string) =>
    Math.max(0, ...lines.map((line) => line.split(delimiter).length));
  return CANDIDATES.reduce((best, next) => (widest(next) > widest(best) ? next : best));
}
