import type { Atom, Measure, Rule, Tri } from './model.js';
import { amountValue } from './evaluate.js';
import type { Choice } from './evaluate.js';
import { atomsOf } from './tri.js';
import { RuleError } from './rule-error.js';

/**
 * A rule looks at a fact only through a few thresholds, so each fact falls into a few cells, one of
 * them "not known". All cells of all facts together are a finite table of every case the rule can
 * tell apart: the loader walks it to prove a decision table, the columns form looks answers up in it.
 */
export type Dimension =
  | { kind: 'measure'; key: string; measure: Measure; cuts: readonly Cut[]; size: number }
  | { kind: 'boolean'; key: string; fact: string; size: number }
  | { kind: 'enum'; key: string; fact: string; values: readonly string[]; size: number }
  | { kind: 'count'; key: string; facts: readonly string[]; limit: number; size: number };

/** A cut at `at`: passed by x > at, or when `reached` already by x ≥ at. */
export interface Cut {
  at: number;
  reached: boolean;
}

/** Cells of a truth: 0 false, 1 true, 2 not known. */
const TRUTHS: readonly Tri[] = [false, true, null];
const MOST_CASES = 2_000_000;

const measureKey = (measure: Measure) =>
  measure.kind === 'fact' ? measure.fact : `${measure.over}/${measure.under}`;
const countKey = (atomKey: string, limit: number) => `${limit} ${atomKey}`;

/** The choices of the split fact, then null for a rule without one. */
export const allChoices = (rule: Rule): readonly Choice[] =>
  rule.splitBy ? [...rule.splitBy.values.keys()] : [null];

/** The dimensions of a rule; the split fact, if any, comes first. */
export function dimensionsOf(rule: Rule): Dimension[] {
  const found = new Map<string, Dimension>();
  const cuts = new Map<string, Cut[]>();
  if (rule.splitBy) addEnum(rule, rule.splitBy.id, found);
  for (const row of rule.rows) {
    for (const atom of atomsOf(row.when)) {
      for (const choice of allChoices(rule)) addAtom(rule, atom, choice, found, cuts);
    }
  }
  const dimensions = [...found.values()];
  const cases = dimensions.reduce((product, { size }) => product * size, 1);
  if (cases > MOST_CASES) throw new RuleError('table', `bảng có ${cases} trường hợp, quá nhiều`);
  return dimensions;
}

function addAtom(
  rule: Rule,
  atom: Atom,
  choice: Choice,
  found: Map<string, Dimension>,
  cuts: Map<string, Cut[]>,
): void {
  if (atom.op === 'is') addEnum(rule, atom.fact, found);
  if (atom.op === 'fact') {
    found.set(atom.fact, { kind: 'boolean', key: atom.fact, fact: atom.fact, size: 3 });
  }
  if (atom.op !== 'compare' && atom.op !== 'atLeast') return;
  const limit = amountValue(rule, atom.amount, choice);
  if (limit === null) return;
  if (atom.op === 'atLeast') {
    const key = countKey(atom.key, limit);
    found.set(key, { kind: 'count', key, facts: atom.facts, limit, size: 3 });
    return;
  }
  const key = measureKey(atom.measure);
  const list = withCut(cuts.get(key) ?? [], cutOf(atom.relation, limit));
  cuts.set(key, list);
  found.set(key, {
    kind: 'measure',
    key,
    measure: atom.measure,
    cuts: list,
    size: list.length + 2,
  });
}

function addEnum(rule: Rule, fact: string, found: Map<string, Dimension>): void {
  const declared = rule.facts.get(fact);
  const values = declared?.kind === 'enum' ? [...declared.values.keys()] : [];
  found.set(fact, { kind: 'enum', key: fact, fact, values, size: values.length + 1 });
}

/** x ≤ 5 and x > 5 part just above 5; x < 5 and x ≥ 5 part just below. */
const cutOf = (relation: string, at: number): Cut => ({
  at,
  reached: relation === 'lt' || relation === 'gte',
});

const sameCut = (a: Cut, b: Cut) => a.at === b.at && a.reached === b.reached;

function withCut(list: readonly Cut[], cut: Cut): Cut[] {
  if (list.some((known) => sameCut(known, cut))) return [...list];
  return [...list, cut].sort((a, b) => a.at - b.at || Number(b.reached) - Number(a.reached));
}

/**
 * The truth of an atom in one case.
 * @param cells the cell of each dimension, by the dimension's key
 */
export function atomInCase(
  rule: Rule,
  dimensions: ReadonlyMap<string, Dimension>,
  cells: ReadonlyMap<string, number>,
  choice: Choice,
  atom: Atom,
): Tri {
  switch (atom.op) {
    case 'compare':
      return compareInCase(rule, dimensions, cells, choice, atom);
    case 'atLeast': {
      const limit = amountValue(rule, atom.amount, choice);
      return limit === null ? null : TRUTHS[cells.get(countKey(atom.key, limit))!]!;
    }
    case 'fact':
      return TRUTHS[cells.get(atom.fact)!]!;
    case 'is': {
      if (atom.fact === rule.splitBy?.id) return choice === atom.value;
      const dimension = dimensions.get(atom.fact);
      const value = dimension?.kind === 'enum' ? dimension.values[cells.get(atom.fact)!] : null;
      return value === undefined || value === null ? null : value === atom.value;
    }
    default:
      return null;
  }
}

function compareInCase(
  rule: Rule,
  dimensions: ReadonlyMap<string, Dimension>,
  cells: ReadonlyMap<string, number>,
  choice: Choice,
  { measure, relation, amount }: Extract<Atom, { op: 'compare' }>,
): Tri {
  const limit = amountValue(rule, amount, choice);
  const key = measureKey(measure);
  const dimension = dimensions.get(key);
  if (limit === null || dimension?.kind !== 'measure') return null;
  const cell = cells.get(key)!;
  if (cell === dimension.cuts.length + 1) return null;
  const wanted = cutOf(relation, limit);
  const passed = cell > dimension.cuts.findIndex((cut) => sameCut(cut, wanted));
  return relation === 'gt' || relation === 'gte' ? passed : !passed;
}

export interface Case {
  index: number;
  cells: ReadonlyMap<string, number>;
  /** The values of the split fact this case stands for: one, or every one when it is not known. */
  choices: readonly Choice[];
}

/**
 * Every case, in the order of its mixed-radix index (first dimension slowest). `cells` is one map that
 * changes from case to case: read it before asking for the next.
 */
export function* casesOf(rule: Rule, dimensions: readonly Dimension[]): Generator<Case> {
  const total = dimensions.reduce((product, { size }) => product * size, 1);
  const choices = allChoices(rule);
  const cells = new Map(dimensions.map(({ key }) => [key, 0]));
  for (let index = 0; index < total; index++) {
    if (index > 0) step(dimensions, cells);
    const chosen = rule.splitBy ? choices[cells.get(rule.splitBy.id)!] : null;
    yield { index, cells, choices: chosen === undefined ? choices : [chosen] };
  }
}

/** Counts on by one: the last dimension that has a cell left moves, all after it begin again. */
function step(dimensions: readonly Dimension[], cells: Map<string, number>): void {
  for (let d = dimensions.length - 1; d >= 0; d--) {
    const { key, size } = dimensions[d]!;
    const next = cells.get(key)! + 1;
    cells.set(key, next === size ? 0 : next);
    if (next < size) return;
  }
}
