import type { Answer, Grant, Permission } from './permissions.js';
import { answerOf, answersAlike, grantsOf } from './permissions.js';
import type { Tx } from './types.js';

/** Households are looked at by this, unless a transaction says what else it acts by. */
const LOOKING: Permission = 'household:read';

/**
 * Who answers for what is done or read at these places: one answer for each office and each person on
 * whose behalf, by the grants that reach there. None where no grant does, and for the installation.
 */
export async function answersAt(tx: Tx, placeIds: readonly string[]): Promise<Answer[]> {
  if (tx.actor.grants === 'installation' || placeIds.length === 0) return [];
  const grants = grantsOf(tx.actor, tx.permission ?? LOOKING);
  if (grants.length === 0) return [];
  if (answersAlike(grants)) return [answerOf(grants)!];
  const found: Answer[] = [];
  for (const keys of await keysAt(tx, placeIds, grants)) {
    const answer = answerOf(grants.filter(({ scopes }) => scopes.some((key) => keys.has(key))));
    if (answer) add(found, answer);
  }
  return found;
}

/** Notes who answers for what a command does at these places, before or without an entry of the log. */
export async function answerFor(tx: Tx, placeIds: readonly string[]): Promise<Answer[]> {
  const found = await answersAt(tx, placeIds);
  for (const answer of found) add(tx.answers, answer);
  return found;
}

function add(answers: Answer[], answer: Answer): void {
  if (!answers.some((one) => keyOf(one) === keyOf(answer))) answers.push(answer);
}

const keyOf = ({ officeId, givers }: Answer): string =>
  [officeId, ...givers.map(({ personId }) => personId)].join();

/** For each place: which of the scope keys of the grants it lies in. */
async function keysAt(
  tx: Tx,
  placeIds: readonly string[],
  grants: readonly Grant[],
): Promise<ReadonlySet<string>[]> {
  const { rows } = await tx.query<{ keys: string[] }>(
    `select array_agg(scope_key) as keys from place_scopes
     where place_id = any ($1::uuid[]) and scope_key = any ($2::text[]) group by place_id`,
    [placeIds, grants.flatMap(({ scopes }) => scopes)],
  );
  return rows.map(({ keys }) => new Set(keys));
}
