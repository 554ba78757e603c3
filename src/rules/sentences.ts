import { formatDecimal } from '../kernel/index.js';
import type { Amount, Atom, Citation, Measure, Relation, State, Tri } from './model.js';
import { amountValue, cellOf, countInterval, measureValue } from './evaluate.js';
import type { View } from './evidence.js';
import { STATE_LABEL, weakestState } from './states.js';

/** One step of an explanation. */
export interface Step {
  /** A Vietnamese sentence with the values and the limit it was compared with. */
  sentence: string;
  result: Tri;
  /** The weakest of the values and definitions the step used. */
  state: State;
  /** Where in law: `NĐ 07/2021/NĐ-CP điều 3`. */
  articles: string[];
}

const SIGN: Record<Relation, string> = { lt: '<', lte: '≤', gt: '>', gte: '≥' };
const OPPOSITE: Record<Relation, Relation> = { lt: 'gte', lte: 'gt', gt: 'lte', gte: 'lt' };

/** `07/2021/NĐ-CP`, article 3 → "NĐ 07/2021/NĐ-CP điều 3". */
export function citationText(citation: Citation): string {
  const known = texts.get(citation);
  if (known !== undefined) return known;
  const text = compose(citation);
  texts.set(citation, text);
  return text;
}

const texts = new WeakMap<Citation, string>();

function compose({ document, article }: Citation): string {
  const kind = (document.split('/').at(-1) ?? '').split('-')[0] ?? '';
  const name = /\/\d{4}\//u.test(document) ? `${kind} ${document}` : document;
  return article === null ? name : `${name} điều ${article}`;
}

/** The step that says what one atom found. */
export function stepOf(view: View, atom: Atom, result: Tri): Step {
  const limit = 'amount' in atom ? limitInfo(view, atom.amount) : null;
  const states = factStates(view, atom);
  const note = limit?.state === 'unverified' ? ` – ${STATE_LABEL.unverified}` : '';
  return {
    sentence: `${capital(sentenceOf(view, atom, result, limit?.text ?? ''))}${note}.`,
    result,
    state: weakestState(limit ? [...states, limit.state] : states),
    // A fact that nobody gave rests on no article; a limit that is missing names where it belongs.
    articles: result === null && limit?.isKnown ? [] : (limit?.articles ?? []),
  };
}

interface LimitInfo {
  text: string;
  state: State;
  articles: string[];
  isKnown: boolean;
}

function limitInfo({ rule, choice }: View, amount: Amount): LimitInfo {
  const cell = cellOf(rule, amount, choice);
  const isKnown = amountValue(rule, amount, choice) !== null;
  if (amount.kind === 'number' || !cell) {
    return { text: '', state: 'verified', articles: [], isKnown };
  }
  const parameter = rule.parameters.get(amount.id)!;
  const area = parameter.by === null ? undefined : rule.splitBy?.values.get(choice ?? '');
  const text = area === undefined ? parameter.label : `${parameter.label}, ${area}`;
  return { text, state: cell.state, articles: cell.citations.map(citationText), isKnown };
}

function factStates({ rule }: View, atom: Atom): State[] {
  if (atom.op === 'atLeast') return atom.facts.map((id) => rule.facts.get(id)!.state);
  if (atom.op === 'is' || atom.op === 'fact') return [rule.facts.get(atom.fact)!.state];
  if (atom.op !== 'compare') return [];
  const { measure } = atom;
  const ids = measure.kind === 'fact' ? [measure.fact] : [measure.over, measure.under];
  return ids.map((id) => rule.facts.get(id)!.state);
}

function sentenceOf(view: View, atom: Atom, result: Tri, limit: string): string {
  switch (atom.op) {
    case 'compare':
      return compareSentence(view, atom, result, limit);
    case 'atLeast':
      return countSentence(view, atom, result);
    case 'is': {
      const fact = view.rule.facts.get(atom.fact)!;
      const values = fact.kind === 'enum' ? fact.values : new Map<string, string>();
      const known = atom.fact === view.rule.splitBy?.id ? view.choice : view.facts[atom.fact];
      if (typeof known !== 'string') return `chưa rõ ${fact.label}`;
      return `${fact.label}: ${values.get(known) ?? known}`;
    }
    case 'fact': {
      const { label } = view.rule.facts.get(atom.fact)!;
      return result === null ? `chưa rõ: ${label}` : `${label}: ${result ? 'có' : 'không'}`;
    }
    default:
      return 'xét từng thành viên';
  }
}

function compareSentence(
  view: View,
  atom: Extract<Atom, { op: 'compare' }>,
  result: Tri,
  limit: string,
): string {
  const value = measureValue(view.facts, atom.measure);
  const label = measureLabel(view, atom.measure);
  const at = amountValue(view.rule, atom.amount, view.choice);
  if (at === null) return `${limit}: ${whyNoLimit(view, atom.amount)}`;
  if (value === null) return `chưa có ${label}`;
  const sign = SIGN[result === true ? atom.relation : OPPOSITE[atom.relation]];
  const note = limit === '' ? '' : ` (${limit})`;
  return `${label} = ${number(value)}${unitOf(view, atom.measure)} ${sign} ${number(at)}${note}`;
}

function whyNoLimit(view: View, amount: Amount): string {
  const state = cellOf(view.rule, amount, view.choice)?.state ?? 'absent';
  return state === 'absent'
    ? 'chưa có giá trị trong văn bản đã đối chiếu'
    : 'không dùng để kết luận';
}

function countSentence(view: View, atom: Extract<Atom, { op: 'atLeast' }>, result: Tri): string {
  const [low, high] = countInterval(view.facts, atom.facts);
  const limit = amountValue(view.rule, atom.amount, view.choice);
  const named = (wanted: boolean | null) =>
    atom.facts
      .filter((id) => (view.facts[id] ?? null) === wanted)
      .map((id) => view.rule.facts.get(id)!.label)
      .join(', ');
  const list = low > 0 ? ` (${named(true)})` : '';
  const open = high > low ? `; chưa rõ: ${named(null)}` : '';
  const count = high > low ? `từ ${low} đến ${high}` : `${low}`;
  const compared = result === null || limit === null ? '' : ` ${result ? '≥' : '<'} ${limit}`;
  return `thiếu hụt ${count} chỉ số${compared}${list}${open}`;
}

function measureLabel({ rule }: View, measure: Measure): string {
  if (measure.kind === 'fact') return rule.facts.get(measure.fact)!.label;
  return `${rule.facts.get(measure.over)!.label} / ${rule.facts.get(measure.under)!.label}`;
}

function unitOf({ rule }: View, measure: Measure): string {
  const fact = measure.kind === 'fact' ? rule.facts.get(measure.fact) : undefined;
  return fact?.kind === 'number' && fact.unit !== null ? ` ${fact.unit}` : '';
}

const number = (value: number) => formatDecimal(String(value));
export const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
