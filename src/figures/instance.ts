import type { PlainDate } from '../kernel/index.js';
import { Problem } from '../kernel/index.js';
import { scopeOfProvince } from '../areas/index.js';
import type { Actor, InstanceRow, Store } from '../store/index.js';
import { SYSTEM_ACTOR, instanceOf, readShared } from '../store/index.js';
import { cached } from './cache.js';

export interface Round {
  round: number;
  standardId: string;
  referenceDate: PlainDate;
  isSynthetic: boolean;
}

export interface Instance extends InstanceRow {
  rounds: readonly Round[];
  /** Reads every household of the province; never leaves this room. */
  counter: Actor;
}

/** The instance and its rounds. Throws `instance-missing` before `init` or `demo` was run. */
export const readInstance = (store: Store): Promise<Instance> =>
  cached(store, 'instance', async () => {
    const { kind, provinceCode } = await instanceOf(store);
    const rounds = await readShared(store, (tx) =>
      tx.query<Round>(
        `select round, standard_id as "standardId", reference_date as "referenceDate",
           is_synthetic as "isSynthetic"
         from review_rounds order by round`,
      ),
    );
    const counter = SYSTEM_ACTOR([scopeOfProvince(provinceCode)]);
    return { kind, provinceCode, rounds: rounds.rows, counter };
  });

type WithRounds = Pick<Instance, 'rounds'>;

export const roundOf = (instance: WithRounds, round: number): Round | null =>
  instance.rounds.find((candidate) => candidate.round === round) ?? null;

/** Throws `round-missing` naming the rounds there are. */
export function requireRound(instance: WithRounds, round: number): Round {
  const found = roundOf(instance, round);
  if (found) return found;
  const known = instance.rounds.map((candidate) => candidate.round);
  throw new Problem('not-found', {
    code: 'round-missing',
    what: `Chưa có đợt rà soát năm ${round} trong hệ thống.`,
    todo: known.length > 0 ? `Các đợt đã có: ${known.join(', ')}.` : 'Nhập tệp rà soát trước.',
    details: { rounds: known },
  });
}
