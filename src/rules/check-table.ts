import type { Rule, Tri } from './model.js';
import { atomInCase, casesOf, dimensionsOf } from './dimensions.js';
import type { Dimension } from './dimensions.js';
import { truthOf } from './tri.js';

/** A case in which the decision table fails. */
export interface TableFault {
  kind: 'overlap' | 'gap';
  /** Row numbers that are true together, from 1; empty for a gap. */
  rows: number[];
  /** The case in words: `area = rural, income_pcm > 1500000`. */
  where: string;
}

/**
 * Proves a decision table over every case its thresholds can tell apart: no two rows true together
 * (disjoint), and never all rows false (complete).
 * @returns the faults, at most `limit`; empty for a sound table
 */
export function checkTable(rule: Rule, limit = 5): TableFault[] {
  const dimensions = dimensionsOf(rule);
  const byKey = new Map(dimensions.map((dimension) => [dimension.key, dimension]));
  const faults: TableFault[] = [];
  for (const { cells, choices } of casesOf(rule, dimensions)) {
    // Not knowing the split fact means trying its values, each of which is a case of its own.
    if (choices.length > 1) continue;
    for (const choice of choices) {
      const truths = rule.rows.map((row) =>
        truthOf(row.when, (atom) => atomInCase(rule, byKey, cells, choice, atom)),
      );
      const fault = faultOf(truths);
      if (fault) faults.push({ ...fault, where: describe(rule, dimensions, cells, choice) });
      if (faults.length >= limit) return faults;
    }
  }
  return faults;
}

function faultOf(truths: readonly Tri[]): Omit<TableFault, 'where'> | null {
  const rows = truths.flatMap((truth, index) => (truth === true ? [index + 1] : []));
  if (rows.length > 1) return { kind: 'overlap', rows };
  return truths.every((truth) => truth === false) ? { kind: 'gap', rows: [] } : null;
}

function describe(
  rule: Rule,
  dimensions: readonly Dimension[],
  cells: ReadonlyMap<string, number>,
  choice: string | null,
): string {
  const parts = dimensions.map((dimension) => {
    const cell = cells.get(dimension.key)!;
    switch (dimension.kind) {
      case 'measure':
        return describeMeasure(dimension, cell);
      case 'boolean':
        return `${dimension.fact} = ${['sai', 'đúng', 'chưa rõ'][cell]}`;
      case 'enum': {
        const chosen = dimension.fact === rule.splitBy?.id ? choice : dimension.values[cell];
        return `${dimension.fact} = ${chosen ?? 'chưa rõ'}`;
      }
      case 'count':
        return `ít nhất ${dimension.limit} chỉ số: ${['không', 'có', 'chưa rõ'][cell]}`;
    }
  });
  return parts.join(', ');
}

function describeMeasure(
  { measure, cuts }: Extract<Dimension, { kind: 'measure' }>,
  cell: number,
): string {
  const name = measure.kind === 'fact' ? measure.fact : `${measure.over}/${measure.under}`;
  if (cell === cuts.length + 1) return `${name} chưa rõ`;
  const below = cuts[cell - 1];
  const above = cuts[cell];
  const from = below ? ` ${below.reached ? '≥' : '>'} ${below.at}` : '';
  const to = above ? ` ${above.reached ? '<' : '≤'} ${above.at}` : '';
  return `${name}${from}${to}`;
}
