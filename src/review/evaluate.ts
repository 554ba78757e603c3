import { Problem } from '../kernel/index.js';
import type { Area, PovertyStatus } from '../kernel/index.js';
import { loadPacks, periodAt } from '../packs/index.js';
import type { DecisionPack } from '../packs/index.js';
import type { State, Step } from '../rules/index.js';
import { citationText, definitionTruth, explain, toLookup } from '../rules/index.js';
import type { PovertyInput } from './poverty-input.js';
import { factsOfInput, idOf, readPovertyInput } from './poverty-input.js';

/** The answer for one household: a proposal, never a decision. */
export interface Evaluation {
  id: string | number;
  status: PovertyStatus;
  /** PS-2016, PS-2022 or PS-2027, chosen by effect year. */
  standard: string;
  /** The weakest state among the legal values the answer rests on. */
  state: State;
  /** What is needed before a class can be given; names of input fields and parameters. */
  missing: string[];
  /** Steps with sentence and article; never empty. */
  trace: Step[];
  /** Above the line, while it is not known whether the household is of average living standard. */
  averageLiving?: 'unknown';
}

export interface Refusal {
  id: string | number | null;
  problem: {
    code: string;
    what: string;
    why: string | null;
    todo: string | null;
    /** The line of the file, from 1, when there is a file. */
    line?: number;
  };
}

/**
 * Classifies one household by the standard of its effect year.
 * @param data `{id, effectYear, area, income_pcm?, b1?, deprivations?}`; null = not known.
 *   Income comes before B1; when both are given and disagree about a line, no class is given.
 * @returns a refusal when a value cannot be what it says; never throws for bad data
 */
export function evaluatePoverty(data: unknown): Evaluation | Refusal {
  try {
    const input = readPovertyInput(data);
    return evaluateInput(standardOf(input.effectYear), input);
  } catch (error) {
    if (error instanceof Problem && error.kind === 'refused') return refusalOf(error, idOf(data));
    throw error;
  }
}

export const isRefusal = (answer: Evaluation | Refusal): answer is Refusal => 'problem' in answer;

export function refusalOf(problem: Problem, id: string | number | null): Refusal {
  const { code, what, why, todo } = problem;
  return { id, problem: { code, what, why, todo } };
}

/** The standard in force for an effect year. @throws Problem when none is known */
export function standardOf(effectYear: number): DecisionPack {
  const pack = loadPacks().standardFor(effectYear);
  if (pack) return pack;
  throw new Problem('refused', {
    code: 'effect-year-outside',
    what: `Không có chuẩn nghèo đã biết cho năm hiệu lực ${effectYear}.`,
  });
}

function evaluateInput(pack: DecisionPack, input: PovertyInput): Evaluation {
  const facts = factsOfInput(pack, input);
  const { status, missing, conflicts, state, trace } = explain(pack.rule, facts);
  const average = definitionTruth(pack.rule, facts, 'within_average');
  const listed = typeof input.deprivations === 'object' && input.deprivations !== null;
  return {
    id: input.id,
    status: status as PovertyStatus,
    standard: pack.id,
    state,
    missing: [...new Set([...missing, ...conflicts].flatMap((id) => fieldNames(id, pack, listed)))],
    trace: [standardStep(pack, input.effectYear), ...notes(pack, input), ...trace],
    ...(status === 'not_poor' && average === null && { averageLiving: 'unknown' as const }),
  };
}

/**
 * Fact id → names of input fields: `deprived_emp` → `deprivations.emp`. A line that lists indicators
 * gives no count and no B2: what it lacks are the indicators themselves.
 */
function fieldNames(id: string, pack: DecisionPack, listed: boolean): string[] {
  if (!id.startsWith('deprived_') && id !== 'b2') return [id];
  if (!listed) return ['deprivations'];
  const asked = pack.indicators.filter(({ fact }) => fact === id);
  return (asked.length > 0 ? asked : pack.indicators).map((one) => `deprivations.${one.id}`);
}

/** The first step: why this standard. */
export function standardStep(pack: DecisionPack, effectYear: number): Step {
  const period = periodAt(pack.validity, effectYear);
  const index = period ? pack.validity.periods.indexOf(period) : -1;
  return {
    sentence: `Năm hiệu lực ${effectYear}: áp dụng ${pack.label} (${pack.id}).`,
    result: true,
    state: period?.state ?? 'unverified',
    articles: (pack.periodCitations[index] ?? []).map(citationText),
  };
}

function notes(pack: DecisionPack, input: PovertyInput): Step[] {
  const sentences: string[] = [];
  const count = pack.indicators.length;
  if (typeof input.deprivations === 'number' && input.deprivations > count) {
    sentences.push(
      `Số chỉ số thiếu hụt ${input.deprivations} lớn hơn ${count} chỉ số của chuẩn ${pack.id}: ` +
        'cần rà soát lại phiếu.',
    );
  }
  if (input.ignored.length > 0) {
    sentences.push(`Không dùng trường: ${input.ignored.join(', ')}.`);
  }
  return sentences.map((sentence) => ({ sentence, result: null, state: 'verified', articles: [] }));
}

/** The scores of a review row, as the field gives them. */
export interface Scores {
  effectYear: number;
  area: Area | null;
  b1: number | null;
  b2: number | null;
}

const lookups = new Map<string, ReturnType<typeof toLookup>>();
const standards = new Map<number, DecisionPack>();

/**
 * The class that scores lead to, for bulk work: the same rule compiled to a table, no explanation.
 * Values are taken as they are; the caller has sent doubtful ones to review.
 * @throws Problem when no standard is known for the effect year
 */
export function classifyScores({ effectYear, area, b1, b2 }: Scores): PovertyStatus {
  let pack = standards.get(effectYear);
  if (!pack) standards.set(effectYear, (pack = standardOf(effectYear)));
  return classifyByStandard(pack, { area, b1, b2 });
}

/** Like `classifyScores` for a round that names its standard. */
export function classifyByStandard(
  pack: DecisionPack,
  facts: Record<string, string | number | boolean | null>,
): PovertyStatus {
  let lookup = lookups.get(pack.id);
  if (!lookup) lookups.set(pack.id, (lookup = toLookup(pack.rule)));
  return lookup(facts) as PovertyStatus;
}
