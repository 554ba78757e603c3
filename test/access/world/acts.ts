import { maySee } from '../judge.js';
import { newId } from '../../../src/kernel/index.js';
import { issueHouseholdCode } from '../../../src/registry/index.js';
import type { Actor, Store } from '../../../src/store/index.js';
import { SYSTEM_ACTOR, audit, enqueueJob, withActor } from '../../../src/store/index.js';
import type { ActorIs, PlaceName, ScopeName } from './description.js';
import type { Household } from './households.js';
import type { Tokens } from './tokens.js';
import type { WorldRecord } from './world.js';

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
): Promise<WorldRecord[]> {
  const entries: WorldRecord[] = [];
  for (const record of households.filter(({ name }) => /^household ..a$/.test(name))) {
    const place = record.places[0]!;
    const reason = tokens.word('reason', { places: [place] });
    const id = await withActor(store, actorAt(place) ?? SYSTEM_ACTOR([]), (tx) =>
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
    entries.push(
      entryRecord(tokens, `of ${place}`, id, {
        ...{ places: [place], shows: [reason], word: record.id },
      }),
    );
  }
  return entries;
}

type EntryIs = Pick<
  WorldRecord,
  'places' | 'shows' | 'word' | 'officeOf' | 'members' | 'inspectedBy'
>;

/** An entry of the log as a record that an address can name. */
export function entryRecord(tokens: Tokens, name: string, id: string, is: EntryIs): WorldRecord {
  const record = { kind: 'entry' as const, name: `entry ${name}`, id, ...is };
  // That of a place is read with its households, also by who does not audit.
  const isPlaced = is.places.length > 0 && !is.members;
  const seen = (actor: ActorIs) => maySee(actor, 'audit:read', record);
  tokens.id(id, record.name, isPlaced ? { places: is.places } : { seen });
  return record;
}

/** An act on no place, at an office of each level and of another province. */
export async function addOfficeActs(
  { store, tokens }: Acts,
  known: ReadonlyMap<string, Actor>,
): Promise<WorldRecord[]> {
  const entries: WorldRecord[] = [];
  for (const officeOf of ['pA', 'N1', 'pB'] as const) {
    const by = `supervisor over ${officeOf}`;
    const reason = tokens.word('office-act', { officeOf, by });
    const subjectId = newId();
    const act = { action: 'account.close', subjectKind: 'account', subjectId, reason };
    const id = await withActor(store, known.get(by)!, (tx) => audit(tx, act));
    entries.push(
      entryRecord(tokens, `of the office of ${officeOf}`, id, {
        ...{ places: [], officeOf, shows: [reason], word: subjectId },
      }),
    );
  }
  return entries;
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
