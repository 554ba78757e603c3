import type { Amount, Atom, Facts, Measure, ParameterCell, Rule, Tri } from './model.js';
import { NOT_COMPUTABLE } from './model.js';
import { compare, compareInterval, truthOf } from './tri.js';

/** The value of the split fact that is being tried, or null when the rule has none. */
export type Choice = string | null;

/** The parameter cell for a choice; null for an amount written as a number. */
export function cellOf(rule: Rule, amount: Amount, choice: Choice): ParameterCell | null {
  if (amount.kind === 'number') return null;
  const parameter = rule.parameters.get(amount.id)!;
  return parameter.cells.get(parameter.by === null ? '' : (choice ?? '')) ?? null;
}

/** The number behind an amount; null when the law's text was not seen (or not keyed, if asked). */
export function amountValue(rule: Rule, amount: Amount, choice: Choice): number | null {
  if (amount.kind === 'number') return amount.value;
  const cell = cellOf(rule, amount, choice);
  if (!cell) return null;
  if (amount.needsKeyed && cell.state === 'unverified') return null;
  return cell.value;
}

export function numberOf(facts: Facts, id: string): number | null {
  const value = facts[id];
  return typeof value === 'number' && !Number.isNaN(value) ? value : null;
}

export function measureValue(facts: Facts, measure: Measure): number | null {
  if (measure.kind === 'fact') return numberOf(facts, measure.fact);
  const over = numberOf(facts, measure.over);
  const under = numberOf(facts, measure.under);
  return over === null || under === null || under === 0 ? null : over / under;
}

/** How many of the boolean facts are true at least, and at most. */
export function countInterval(facts: Facts, ids: readonly string[]): [number, number] {
  let low = 0;
  let high = 0;
  for (const id of ids) {
    if (facts[id] === true) low += 1;
    if (facts[id] !== false) high += 1;
  }
  return [low, high];
}

/** The truth of one atom for one household under one choice of the split fact. */
export function atomTruth(rule: Rule, facts: Facts, choice: Choice, atom: Atom): Tri {
  switch (atom.op) {
    case 'compare': {
      const value = measureValue(facts, atom.measure);
      const limit = amountValue(rule, atom.amount, choice);
      return value === null || limit === null ? null : compare(value, atom.relation, limit);
    }
    case 'is': {
      const value = atom.fact === rule.splitBy?.id ? choice : facts[atom.fact];
      return typeof value === 'string' ? value === atom.value : null;
    }
    case 'fact': {
      const value = facts[atom.fact];
      return typeof value === 'boolean' ? value : null;
    }
    case 'atLeast': {
      const limit = amountValue(rule, atom.amount, choice);
      const [low, high] = countInterval(facts, atom.facts);
      return limit === null ? null : compareInterval(low, high, 'gte', limit);
    }
    default:
      return null; // members are asked by the reducer, before a rule sees the household
  }
}

/** The values of the split fact to try for this household: the known one, or every one. */
export function choicesFor(rule: Rule, facts: Facts): readonly Choice[] {
  if (!rule.splitBy) return [null];
  const value = facts[rule.splitBy.id];
  if (typeof value === 'string' && rule.splitBy.values.has(value)) return [value];
  return [...rule.splitBy.values.keys()];
}

/**
 * The table's answer: the outcome of a row that is true, or of all rows that may still be true when
 * they share it; otherwise `not_computable`.
 */
export function decide(rule: Rule, atom: (atom: Atom) => Tri): string {
  const open = new Set<string>();
  for (const row of rule.rows) {
    const truth = truthOf(row.when, atom);
    if (truth === true) return row.outcome;
    if (truth === null) open.add(row.outcome);
  }
  return open.size === 1 ? [...open][0]! : NOT_COMPUTABLE;
}

/** Classifies one household without explaining: the reference the other forms are compared with. */
export function classify(rule: Rule, facts: Facts): string {
  const outcomes = new Set(
    choicesFor(rule, facts).map((choice) =>
      decide(rule, (atom) => atomTruth(rule, facts, choice, atom)),
    ),
  );
  return outcomes.size === 1 ? [...outcomes][0]! : NOT_COMPUTABLE;
}

/** What a definition of the rule says, the closing `proven` left off; null when choices differ. */
export function definitionTruth(rule: Rule, facts: Facts, name: string): Tri {
  const definition = rule.definitions.get(name);
  if (!definition) return null;
  const open = definition.op === 'proven' ? definition.part : definition;
  const truths = choicesFor(rule, facts).map((choice) =>
    truthOf(open, (atom) => atomTruth(rule, facts, choice, atom)),
  );
  return truths.every((truth) => truth === truths[0]) ? (truths[0] ?? null) : null;
}
