import type { Area, PovertyStatus } from '../kernel/index.js';
import { loadPacks } from '../packs/index.js';
import type { State, Step } from '../rules/index.js';
import { explain, nameOf } from '../rules/index.js';
import { standardOf, standardStep } from './evaluate.js';

/** The columns of `household_rounds` a classification rests on; names as in the table. */
export interface HouseholdEvidence {
  round: number;
  /** Null: proposed from the round's effect year. */
  standard_id: string | null;
  area: Area | null;
  /** `numeric` arrives as text. */
  b1: string | number | null;
  b2: number | null;
  /** `deprived_emp`, … as far as they were recorded. */
  [column: `deprived_${string}`]: boolean | null | undefined;
}

export interface HouseholdExplanation {
  status: PovertyStatus;
  standard: string;
  state: State;
  /** Each step with its sentence and the articles it rests on; the conclusion comes last. */
  steps: Step[];
  /** Vietnamese names of what is missing; empty when a class could be given. */
  missing: string[];
}

/** Explains the class of one household in one round, in sentences with articles. */
export function explainHousehold(row: HouseholdEvidence): HouseholdExplanation {
  const effectYear = row.round + 1;
  const named = row.standard_id === null ? undefined : loadPacks().standard(row.standard_id);
  const pack = named ?? standardOf(effectYear);
  const flags = pack.indicators.map(
    ({ fact }) => [fact, row[fact as `deprived_${string}`] ?? null] as const,
  );
  const facts = {
    ...Object.fromEntries(flags),
    area: row.area,
    b1: row.b1 === null ? null : Number(row.b1),
    b2: row.b2,
  };
  const { status, missing, conflicts, state, trace } = explain(pack.rule, facts);
  return {
    status: status as PovertyStatus,
    standard: pack.id,
    state,
    steps: [standardStep(pack, effectYear), ...trace],
    missing: [...missing, ...conflicts].map((id) => nameOf(pack.rule, id)),
  };
}

/** One step as one line of text: "Điểm B1 = 125 ≤ 140 (…) – NĐ 07/2021/NĐ-CP điều 3; …". */
export function stepText({ sentence, articles }: Pick<Step, 'sentence' | 'articles'>): string {
  if (articles.length === 0) return sentence;
  return `${sentence.replace(/\.$/u, '')} – ${articles.join('; ')}.`;
}
