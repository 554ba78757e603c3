import { newId } from '../../../src/kernel/index.js';
import { issueHouseholdCode } from '../../../src/registry/index.js';
import type { Actor, Store } from '../../../src/store/index.js';
import { SYSTEM_ACTOR, audit, enqueueJob, withActor } from '../../../src/store/index.js';
import type { PlaceName, ScopeName } from './description.js';
import type { Household } from './households.js';
import type { Tokens } from './tokens.js';

interface Acts {
  store: Store;
  tokens: Tokens;
  bookId: string;
  places: Readonly<Record<PlaceName, string>>;
}

/** An act with its reason at the first household of each place, in the log. */
export async function addWorldActs(
  { store, tokens, bookId, places }: Acts,
  households: readonly Household[],
  actorAt: (place: PlaceName) => Actor | null,
): Promise<void> {
  for (const record of households.filter(({ name }) => /^household ..a$/.test(name))) {
    const place = record.places[0]!;
    const reason = tokens.word('reason', { places: [place] });
    await withActor(store, actorAt(place) ?? SYSTEM_ACTOR([]), (tx) =>
      audit(tx, {
        ...{
          action: 'household.corrected',
          subjectKind: 'household',
          subjectId: record.id,
          reason,
        },
        ...{ bookId, placeId: places[place], payload: { reason } },
      }),
    );
    record.shows.push(reason);
  }
}

/** A job each of these has asked for, with what it was given and what it came to. */
export async function addWorldJobs(
  { store, tokens }: Acts,
  askers: readonly { actor: Actor; name: string; reads: readonly ScopeName[] }[],
): Promise<void> {
  for (const { actor, name, reads } of askers) {
    const own = { account: name, while: reads };
    const input = { commandId: newId(), fileName: tokens.word('job-input', own) };
    await withActor(store, actor, (tx) => enqueueJob(tx, 'access-test', input));
  }
}

/** The paper of one household, from an officer of its commune. */
export async function addWorldCode(
  store: Store,
  households: readonly Household[],
  officer: Actor,
): Promise<void> {
  const record = households.find(({ name }) => name === 'household v1a')!;
  const call = { actor: officer, commandId: newId(), householdId: record.id, reason: '' };
  record.code = (await issueHouseholdCode(store, call)).code!;
}
