import { existsSync, readFileSync } from 'node:fs';

/** What the parts of the access test wrote down: `{ part, tried, leaks }` each, leaks as sentences. */
const parts = (report) =>
  (existsSync(report) ? readFileSync(report, 'utf8') : '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** Every leak: who, where and what. */
export const accessLeaks = (report) => parts(report).flatMap(({ leaks }) => leaks);

/** The last line of the access test. */
export function accessLine(report) {
  const tried = parts(report).reduce((sum, part) => sum + part.tried, 0);
  return `roles × relations × endpoints: ${tried} tried, ${accessLeaks(report).length} leaks`;
}
