import type { Citation, Condition, Facts, Rule, State } from './model.js';
import { atomTruth } from './evaluate.js';
import { citationText, capital } from './sentences.js';
import type { Step } from './sentences.js';
import { weakestState } from './states.js';
import { atomsOf, truthOf } from './tri.js';
import { factsOf } from './evidence.js';

export interface ScoreOption {
  id: string;
  label: string;
  when: Condition;
  state: State;
  /** Points by stratum; null where the text was not seen. */
  points: ReadonlyMap<string, number | null>;
}

/** One item of a scorecard: at most one option applies. */
export interface ScoreItem {
  id: string;
  label: string;
  state: State;
  /** The item is left out (0 points) for such a household. */
  skipWhen: Condition | null;
  /** The answers that by the card's design earn nothing. */
  zeroWhen: Condition | null;
  options: readonly ScoreOption[];
}

export interface Scorecard {
  id: string;
  version: string;
  label: string;
  /** Facts only: a card has no table of its own. */
  rule: Pick<Rule, 'facts'>;
  strata: ReadonlyMap<string, string>;
  citations: readonly Citation[];
  items: readonly ScoreItem[];
}

export interface Score {
  /** Sum of points, or null as soon as one needed cell or answer is missing. */
  score: number | null;
  /** `items.<item>` without any cell, `items.<item>.<option>.<stratum>` empty cell, or a fact id. */
  missing: string[];
  state: State;
  trace: Step[];
}

/**
 * Adds up a scorecard. An empty cell is not 0 points: the card refuses and names what is missing.
 * @param stratum a key of `card.strata`, or null when the household's stratum is not known
 */
export function scoreCard(card: Scorecard, stratum: string | null, facts: Facts): Score {
  const known = stratum !== null && card.strata.has(stratum) ? stratum : null;
  const results = card.items.map((item) => scoreItem(item, known, facts));
  const missing = new Set(results.flatMap((result) => result.missing));
  if (known === null) missing.add('stratum');
  const articles = card.citations.map(citationText);
  const score = missing.size > 0 ? null : results.reduce((sum, { points }) => sum + points, 0);
  const trace = results.map((result, index) => {
    const item = card.items[index]!;
    const what = result.missing.length > 0 ? 'chưa chấm được' : `${result.points} điểm`;
    const option = result.option === null ? '' : ` – ${result.option.label}`;
    const sentence = `${capital(item.label)}${option}: ${what}.`;
    const answered = result.missing.length > 0 ? null : true;
    return { sentence, result: answered, state: result.state, articles };
  });
  return { score, missing: [...missing], state: weakestState(trace.map((s) => s.state)), trace };
}

interface ItemScore {
  points: number;
  missing: string[];
  state: State;
  option: ScoreOption | null;
}

function scoreItem(item: ScoreItem, stratum: string | null, facts: Facts): ItemScore {
  const truth = (when: Condition | null) =>
    when === null ? false : truthOf(when, (atom) => atomTruth(NO_RULE, facts, null, atom));
  const none = { points: 0, missing: [], state: item.state, option: null };
  if (item.options.length === 0) return { ...none, missing: [`items.${item.id}`] };
  if (truth(item.skipWhen) === true || truth(item.zeroWhen) === true) return none;
  const option = item.options.find(({ when }) => truth(when) === true);
  if (!option) return { ...none, missing: missingFacts(item, facts) };
  const skipUnknown = item.skipWhen !== null && truth(item.skipWhen) === null;
  const skipFacts = skipUnknown ? factsOf(item.skipWhen!) : [];
  const points = stratum === null ? null : (option.points.get(stratum) ?? null);
  const cell =
    points === null && stratum !== null ? [`items.${item.id}.${option.id}.${stratum}`] : [];
  const state = weakestState([item.state, option.state]);
  return { points: points ?? 0, missing: [...skipFacts, ...cell], state, option };
}

/** No option applies: what was not answered, else the item itself (an answer outside the card). */
function missingFacts(item: ScoreItem, facts: Facts): string[] {
  const conditions = [...item.options.map(({ when }) => when), item.zeroWhen ?? []].flat();
  const asked = new Set(conditions.flatMap((when) => [...atomsOf(when)].flatMap(factsOf)));
  const unanswered = [...asked].filter((id) => (facts[id] ?? null) === null);
  return unanswered.length > 0 ? unanswered : [`items.${item.id}`];
}

/** Options compare facts with numbers only, so that no parameter is ever looked up. */
const NO_RULE = { splitBy: null, parameters: new Map() } as unknown as Rule;
