import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ColumnSet, Facts, Rule } from '../rules/index.js';
import { classify, explain, toColumns, toLookup } from '../rules/index.js';
import { householdsFor } from './households.example.js';
import { loadPacks } from './index.js';

const HOUSEHOLDS = 10_000;

function columnsOf(rule: Rule, households: readonly Facts[]): ColumnSet {
  const columns: Record<string, Float64Array | Int8Array> = {};
  for (const [id, fact] of rule.facts) {
    const values = households.map((facts) => facts[id] ?? null);
    const codes: unknown[] = fact.kind === 'enum' ? [...fact.values.keys()] : [false, true];
    columns[id] =
      fact.kind === 'number'
        ? Float64Array.from(values, (value) => Number(value ?? NaN))
        : Int8Array.from(values, (value) => codes.indexOf(value));
  }
  return columns;
}

test.each(loadPacks().standards.map((pack) => [pack.id, pack] as const))(
  '%s: explanation, lookup and columns agree on 10,000 random households',
  (_, pack) => {
    const { rule } = pack;
    const households = fc.sample(householdsFor(pack), HOUSEHOLDS);
    const codes = toColumns(rule)(columnsOf(rule, households), HOUSEHOLDS);
    const lookup = toLookup(rule);
    const disagreements = households.filter((facts, i) => {
      const expected = classify(rule, facts);
      const found = [rule.outcomes[codes[i]!], lookup(facts), explain(rule, facts).status];
      return found.some((status) => status !== expected);
    });
    expect(disagreements).toEqual([]);
    expect(new Set(codes).size).toBeGreaterThanOrEqual(4);
  },
  60_000,
);
