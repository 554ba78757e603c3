import type { ColumnSet, Facts, Rule } from './index.js';

/** Turns households into the columns a classifier reads; for tests. */
export function columnsOf(rule: Rule, households: readonly Facts[]): ColumnSet {
  const columns: Record<string, Float64Array | Int8Array> = {};
  for (const [id, fact] of rule.facts) {
    const values = households.map((facts) => facts[id] ?? null);
    if (fact.kind === 'number') {
      columns[id] = Float64Array.from(values, (value) => (value === null ? NaN : Number(value)));
    } else if (fact.kind === 'boolean') {
      columns[id] = Int8Array.from(values, (value) => (value === null ? -1 : Number(value)));
    } else {
      const names = [...fact.values.keys()];
      columns[id] = Int8Array.from(values, (value) => names.indexOf(String(value)));
    }
  }
  return columns;
}
