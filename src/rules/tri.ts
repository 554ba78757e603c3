import type { Condition, Atom, Relation, Tri } from './model.js';

/** Kleene's strong three-valued logic: what is known decides, the rest stays unknown. */
export const not = (value: Tri): Tri => (value === null ? null : !value);

export function allOf(values: Iterable<Tri>): Tri {
  let result: Tri = true;
  for (const value of values) {
    if (value === false) return false;
    if (value === null) result = null;
  }
  return result;
}

export function anyOf(values: Iterable<Tri>): Tri {
  let result: Tri = false;
  for (const value of values) {
    if (value === true) return true;
    if (value === null) result = null;
  }
  return result;
}

/** What all known sources say; unknown when none is known or two contradict. */
export function agreement(values: Iterable<Tri>): Tri {
  let result: Tri = null;
  for (const value of values) {
    if (value === null) continue;
    if (result !== null && result !== value) return null;
    result = value;
  }
  return result;
}

/** Is a count known to lie in [low, high] in relation to `limit`? Unknown when the ends differ. */
export function compareInterval(low: number, high: number, relation: Relation, limit: number): Tri {
  const atLow = compare(low, relation, limit);
  return atLow === compare(high, relation, limit) ? atLow : null;
}

export function compare(value: number, relation: Relation, limit: number): boolean {
  switch (relation) {
    case 'lt':
      return value < limit;
    case 'lte':
      return value <= limit;
    case 'gt':
      return value > limit;
    case 'gte':
      return value >= limit;
  }
}

/** The truth of a condition, given the truth of its atoms. */
export function truthOf(condition: Condition, atom: (atom: Atom) => Tri): Tri {
  switch (condition.op) {
    case 'all':
      return allOf(condition.parts.map((part) => truthOf(part, atom)));
    case 'any':
      return anyOf(condition.parts.map((part) => truthOf(part, atom)));
    case 'agree':
      return agreement(condition.parts.map((part) => truthOf(part, atom)));
    case 'not':
      return not(truthOf(condition.part, atom));
    case 'proven':
      return truthOf(condition.part, atom) === true;
    default:
      return atom(condition);
  }
}

/** The atoms of a condition, left to right, members' conditions not entered. */
export function* atomsOf(condition: Condition): Generator<Atom> {
  switch (condition.op) {
    case 'all':
    case 'any':
    case 'agree':
      for (const part of condition.parts) yield* atomsOf(part);
      return;
    case 'not':
    case 'proven':
      yield* atomsOf(condition.part);
      return;
    default:
      yield condition;
  }
}
