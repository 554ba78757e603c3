import type { Atom, Condition, Facts, Rule, Tri } from './model.js';
import { amountValue, atomTruth, measureValue } from './evaluate.js';
import type { Choice } from './evaluate.js';
import { atomsOf, truthOf } from './tri.js';

/** One household under one choice of the split fact. */
export interface View {
  rule: Rule;
  facts: Facts;
  choice: Choice;
}

/** What stands in the way of an answer. Parameters are named `parameters.<id>`. */
export interface Obstacles {
  missing: Set<string>;
  conflicts: Set<string>;
}

export const truthIn = (view: View, condition: Condition): Tri =>
  truthOf(condition, (atom) => atomTruth(view.rule, view.facts, view.choice, atom));

/**
 * The atoms that carry the truth of a condition: all of a true `all`, the first false one of a false
 * `all`, every known source of an `agree`; for an unknown condition every atom that was looked at.
 */
export function supportOf(view: View, condition: Condition): Atom[] {
  const truth = truthIn(view, condition);
  switch (condition.op) {
    case 'all':
    case 'any': {
      const decisive = condition.op === 'any';
      if (truth !== decisive) return condition.parts.flatMap((part) => supportOf(view, part));
      const first = condition.parts.find((part) => truthIn(view, part) === decisive);
      return first ? supportOf(view, first) : [];
    }
    case 'agree': {
      const known = condition.parts.filter((part) => truthIn(view, part) !== null);
      const shown = known.length > 0 ? known : worthAsking(view, condition.parts);
      return shown.flatMap((part) => supportOf(view, part));
    }
    case 'not':
    case 'proven':
      return supportOf(view, condition.part);
    default:
      return [condition];
  }
}

/** Adds what a condition of unknown truth lacks. */
export function addObstacles(view: View, condition: Condition, into: Obstacles): void {
  if (truthIn(view, condition) !== null) return;
  switch (condition.op) {
    case 'all':
    case 'any':
      for (const part of condition.parts) addObstacles(view, part, into);
      return;
    case 'agree':
      addSourceObstacles(view, condition.parts, into);
      return;
    case 'not':
    case 'proven':
      addObstacles(view, condition.part, into);
      return;
    default:
      for (const name of lacking(view, condition)) into.missing.add(name);
  }
}

/** Either two sources contradict, or none is known: then the one already begun is asked for first. */
function addSourceObstacles(view: View, parts: readonly Condition[], into: Obstacles): void {
  const known = parts.filter((part) => truthIn(view, part) !== null);
  if (known.length > 0) {
    for (const part of known) for (const fact of factsOf(part)) into.conflicts.add(fact);
    return;
  }
  for (const part of worthAsking(view, parts)) addObstacles(view, part, into);
}

/**
 * The sources to name when none has an answer: one already begun if it can be finished; else those
 * that can be answered at all, single numbers before a whole list of questions.
 */
function worthAsking(view: View, parts: readonly Condition[]): readonly Condition[] {
  const begun = parts.filter((part) => factsOf(part).some((fact) => isKnown(view, fact)));
  const useful = parts.filter((part) => !isBlockedByLaw(view, part));
  if (begun.some((part) => useful.includes(part))) return begun;
  const single = useful.filter(({ op }) => op !== 'atLeast');
  const asked = [...(single.length > 0 ? single : useful), ...begun];
  return asked.length > 0 ? asked : parts;
}

const isKnown = (view: View, fact: string) => {
  const value = view.facts[fact];
  return value !== undefined && value !== null;
};

const isBlockedByLaw = (view: View, part: Condition) =>
  [...atomsOf(part)].some((atom) => limitOf(view, atom) === null);

/** The limit an atom compares with; null when the law's value is missing; 0 when it has none. */
function limitOf(view: View, atom: Atom): number | null {
  const hasAmount = atom.op === 'compare' || atom.op === 'atLeast';
  return hasAmount ? amountValue(view.rule, atom.amount, view.choice) : 0;
}

/** The facts a condition looks at. */
export function factsOf(condition: Condition): readonly string[] {
  let facts = looked.get(condition);
  if (!facts) {
    facts = [...new Set([...atomsOf(condition)].flatMap(factsOfAtom))];
    looked.set(condition, facts);
  }
  return facts;
}

/** Conditions never change, and one is asked about for every household. */
const looked = new WeakMap<Condition, readonly string[]>();

function factsOfAtom(atom: Atom): readonly string[] {
  switch (atom.op) {
    case 'compare':
      return atom.measure.kind === 'fact'
        ? [atom.measure.fact]
        : [atom.measure.over, atom.measure.under];
    case 'atLeast':
      return atom.facts;
    case 'is':
    case 'fact':
      return [atom.fact];
    default:
      return [];
  }
}

function lacking(view: View, atom: Atom): string[] {
  const facts = factsOf(atom).filter((fact) => !isKnown(view, fact));
  const noMeasure = atom.op === 'compare' && measureValue(view.facts, atom.measure) === null;
  const hasAmount = atom.op === 'compare' || atom.op === 'atLeast';
  const noLimit = hasAmount && limitOf(view, atom) === null;
  const limit = noLimit && atom.amount.kind === 'parameter' ? [`parameters.${atom.amount.id}`] : [];
  // A divisor of 0 is known and yet gives no quotient.
  const divisor = noMeasure && facts.length === 0 ? factsOf(atom).slice(1) : [];
  return [...facts, ...divisor, ...limit];
}
