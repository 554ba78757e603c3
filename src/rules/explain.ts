import type { Atom, Facts, Row, Rule, State } from './model.js';
import { NOT_COMPUTABLE } from './model.js';
import { choicesFor } from './evaluate.js';
import { addObstacles, factsOf, supportOf, truthIn } from './evidence.js';
import type { Obstacles, View } from './evidence.js';
import { capital, citationText, stepOf } from './sentences.js';
import type { Step } from './sentences.js';
import { weakestState } from './states.js';

export interface Explanation {
  status: string;
  /** Fact ids (and `parameters.<id>`) without which no class can be given. */
  missing: string[];
  /** Fact ids that contradict each other. */
  conflicts: string[];
  /** The weakest state among the values and definitions the answer rests on. */
  state: State;
  /** Facts the answer rests on. */
  used: string[];
  /** Never empty; the conclusion comes last. */
  trace: Step[];
}

interface Verdict extends Obstacles {
  outcome: string;
  steps: Step[];
  used: Set<string>;
  row: Row | null;
  /** Does any step look at the split fact, or at a limit that it picks? */
  dependsOnChoice: boolean;
}

/**
 * Classifies one household and says why, step by step.
 * @param facts by fact id; absent or null = not known
 */
export function explain(rule: Rule, facts: Facts): Explanation {
  const choices = choicesFor(rule, facts);
  const verdicts = distinct(choices.map((choice) => verdictOf({ rule, facts, choice })));
  const outcomes = new Set(verdicts.map(({ outcome }) => outcome));
  const status = outcomes.size === 1 ? [...outcomes][0]! : NOT_COMPUTABLE;
  const split = verdicts.length > 1 ? rule.splitBy : null;
  const missing = new Set<string>();
  const conflicts = new Set<string>();
  const trace: Step[] = [];
  // Where the choices end in different classes it decides, also if what settled each does not show it.
  const isOpen =
    choices.length > 1 &&
    (outcomes.size > 1 || verdicts.some((verdict) => verdict.dependsOnChoice));
  if (split) trace.push(plainStep(`Chưa rõ ${split.label}: xét từng khả năng.`));
  else if (isOpen) trace.push(plainStep(`Chưa rõ ${rule.splitBy!.label}.`));
  verdicts.forEach((verdict, index) => {
    const label = split?.values.get(choices[index] ?? '');
    trace.push(...verdict.steps.map((step) => (label === undefined ? step : under(label, step))));
    if (split) trace.push(conditionalStep(rule, label ?? '', verdict));
    if (status !== NOT_COMPUTABLE) return;
    for (const name of verdict.missing) missing.add(name);
    for (const name of verdict.conflicts) conflicts.add(name);
  });
  if (isOpen && status === NOT_COMPUTABLE) missing.add(rule.splitBy!.id);
  trace.push(conclusion(rule, status, verdicts, [...missing], [...conflicts]));
  const used = [...new Set(verdicts.flatMap((verdict) => [...verdict.used]))];
  const state = stateOf(status, verdicts);
  return { status, missing: [...missing], conflicts: [...conflicts], state, used, trace };
}

/** One verdict when the choice makes no difference to a single step. */
function distinct(verdicts: Verdict[]): Verdict[] {
  if (verdicts.length === 1) return verdicts;
  const texts = new Set(verdicts.map(({ outcome, steps }) => JSON.stringify([outcome, steps])));
  return texts.size === 1 ? verdicts.slice(0, 1) : verdicts;
}

function verdictOf(view: View): Verdict {
  const truths = view.rule.rows.map((row) => ({ row, truth: truthIn(view, row.when) }));
  const fired = truths.find(({ truth }) => truth === true)?.row ?? null;
  const open = fired ? [fired] : truths.flatMap(({ row, truth }) => (truth === null ? row : []));
  const outcomes = new Set(open.map((row) => row.outcome));
  const outcome = outcomes.size === 1 ? [...outcomes][0]! : NOT_COMPUTABLE;
  const obstacles: Obstacles = { missing: new Set(), conflicts: new Set() };
  const atoms = new Map<string, Atom>();
  for (const row of open) {
    for (const atom of supportOf(view, row.when)) atoms.set(atom.key, atom);
    addObstacles(view, row.when, obstacles);
  }
  const said = new Map<string, Step>();
  for (const atom of atoms.values()) {
    const step = stepOf(view, atom, truthIn(view, atom));
    said.set(step.sentence, step);
  }
  const steps = [...said.values()];
  const known = [...atoms.values()].filter((atom) => truthIn(view, atom) !== null);
  const used = new Set(known.flatMap(factsOf));
  const dependsOnChoice = [...atoms.values()].some((atom) => isPickedBySplit(view.rule, atom));
  return { outcome, steps, used, row: fired, dependsOnChoice, ...obstacles };
}

function isPickedBySplit(rule: Rule, atom: Atom): boolean {
  if (atom.op === 'is') return atom.fact === rule.splitBy?.id;
  if (!('amount' in atom) || atom.amount.kind === 'number') return false;
  return rule.parameters.get(atom.amount.id)!.by !== null;
}

function stateOf(status: string, verdicts: readonly Verdict[]): State {
  const steps = verdicts.flatMap((verdict) => verdict.steps);
  // A step without an answer decided nothing, unless nothing could be decided.
  const decisive = steps.filter(({ result }) => status === NOT_COMPUTABLE || result !== null);
  return weakestState(decisive.map(({ state }) => state));
}

const plainStep = (sentence: string): Step => ({
  sentence,
  result: null,
  state: 'verified',
  articles: [],
});

const under = (label: string, step: Step): Step => ({
  ...step,
  sentence: `Nếu ${label}: ${step.sentence.slice(0, 1).toLowerCase()}${step.sentence.slice(1)}`,
});

function conditionalStep(rule: Rule, label: string, { outcome, row }: Verdict): Step {
  const result = rule.outcomeLabels.get(outcome) ?? 'chưa đủ dữ liệu';
  return {
    ...plainStep(`Nếu ${label}: ${result}.`),
    result: row ? true : null,
    articles: row?.citations.map(citationText) ?? [],
  };
}

function conclusion(
  rule: Rule,
  status: string,
  verdicts: readonly Verdict[],
  missing: readonly string[],
  conflicts: readonly string[],
): Step {
  const citations = verdicts.flatMap(({ row }) => row?.citations.map(citationText) ?? []);
  const articles = [...new Set(citations)];
  if (status !== NOT_COMPUTABLE) {
    const label = rule.outcomeLabels.get(status) ?? status;
    return { sentence: `Kết luận: ${label}.`, result: true, state: 'verified', articles };
  }
  const names = (ids: readonly string[]) => ids.map((id) => nameOf(rule, id)).join('; ');
  const asked = missing.length > 0 ? ` Cần biết: ${names(missing)}.` : '';
  const clash =
    conflicts.length > 0
      ? ` ${capital(names(conflicts))} cho kết quả trái nhau, cần xác minh.`
      : '';
  return plainStep(`Kết luận: chưa đủ dữ liệu để xếp loại.${asked}${clash}`);
}

/** The Vietnamese name of a missing thing. */
export function nameOf(rule: Rule, id: string): string {
  const parameter = /^parameters\.(.+)$/u.exec(id)?.[1];
  if (parameter !== undefined) return rule.parameters.get(parameter)?.label ?? id;
  return rule.facts.get(id)?.label ?? id;
}
