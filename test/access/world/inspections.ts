import { closeInspection, openInspection, publishInspection } from '../../../src/audit/index.js';
import { day, newId } from '../../../src/kernel/index.js';
import type { Actor, Store } from '../../../src/store/index.js';
import { audit, withActor } from '../../../src/store/index.js';
import { maySee } from '../judge.js';
import { auditsOffice, placesFor, scopesOf } from '../oracle.js';
import { entryRecord } from './acts.js';
import type { ActorIs, PlaceName, ScopeName } from './description.js';
import type { Household } from './households.js';
import type { Tokens } from './tokens.js';
import type { WorldRecord } from './world.js';

interface Ground {
  store: Store;
  tokens: Tokens;
  bookId: string;
  places: Readonly<Record<PlaceName, string>>;
}

interface InspectionIs {
  name: string;
  officeOf: ScopeName;
  state: 'open' | 'closed' | 'public';
  /** Which household its inspectors look at. */
  reads: string;
}

const INSPECTIONS: readonly InspectionIs[] = [
  { name: 'of the province', officeOf: 'pA', state: 'open', reads: 'v1b' },
  { name: 'of N1', officeOf: 'N1', state: 'open', reads: 'v2b' },
  { name: 'of the province, closed', officeOf: 'pA', state: 'closed', reads: 'v3b' },
  { name: 'of N1, its result public', officeOf: 'N1', state: 'public', reads: 'v1a' },
  { name: 'of N2, closed', officeOf: 'N2', state: 'closed', reads: 'v4b' },
];

/** Inspections of offices, and the household that the inspectors of each looked at meanwhile. */
export async function addWorldInspections(
  ground: Ground,
  known: ReadonlyMap<string, Actor>,
  households: readonly Household[],
): Promise<WorldRecord[]> {
  const records: WorldRecord[] = [];
  for (const is of INSPECTIONS) {
    const by = `inspector over ${is.officeOf}`;
    const read = households.find(({ name }) => name === `household ${is.reads}`)!;
    read.isInspected = true;
    const record = await addInspection(ground, is, known.get(by)!);
    const reader = { ...known.get(by)!, inspectionId: record.id };
    records.push(record, await addReading(ground, record, reader, read));
    await finish(ground.store, record, known.get(by)!);
  }
  return records;
}

async function addInspection(
  { store, tokens }: Ground,
  { name, officeOf, state }: InspectionIs,
  actor: Actor,
): Promise<WorldRecord> {
  const record: WorldRecord = {
    ...{ kind: 'inspection' as const, name: `inspection ${name}`, id: '', places: [], officeOf },
    ...{
      state,
      isPublic: state === 'public',
      shows: [],
      word: '',
      maker: `inspector over ${officeOf}`,
    },
  };
  // A public one stands beside what was read under it, for whoever sees that; that it was opened is an act
  // of the office, in the log.
  const seen = (one: ActorIs) =>
    state === 'public' ||
    maySee(one, 'audit:read', record) ||
    auditsOffice(scopesOf(one, 'audit:read'), officeOf);
  const shows = ['title', 'number', 'inspection-signer'].map((what) => tokens.word(what, { seen }));
  const [title = '', number = '', signer = ''] = shows;
  const id = await openInspection(store, {
    ...{ actor, commandId: newId(), title, decisionNumber: `${number}/QĐ-TTr` },
    ...{ decisionDate: day('2025-12-01'), signer },
  });
  tokens.id(id, record.name, { seen });
  return Object.assign(record, { id, shows, word: title });
}

/** Hidden from the unit and the household until the result is public. */
async function addReading(
  { store, tokens, bookId, places }: Ground,
  inspection: WorldRecord,
  reader: Actor,
  household: Household,
): Promise<WorldRecord> {
  const place = household.places[0]!;
  const members = inspection.isPublic ? undefined : [inspection.maker!];
  const officeOf = inspection.officeOf!;
  const is = { places: [place], ...(members && { members, inspectedBy: officeOf }) };
  const isOpen = (actor: ActorIs) =>
    members === undefined ||
    members.includes(actor.name) ||
    auditsOffice(scopesOf(actor, 'inspection:propose'), officeOf);
  const purpose = tokens.word('purpose', {
    seen: (actor) => isOpen(actor) && placesFor(actor, 'household:read').has(place),
  });
  const id = await withActor(store, reader, (tx) =>
    audit(tx, {
      ...{ action: 'household.read', subjectKind: 'household', subjectId: household.id, purpose },
      ...{ bookId, placeId: places[place] },
    }),
  );
  if (inspection.isPublic) household.told = [purpose];
  const name = `read under the ${inspection.name}`;
  return entryRecord(tokens, name, id, { ...is, shows: [purpose], word: household.id });
}

async function finish(store: Store, { id, state }: WorldRecord, actor: Actor): Promise<void> {
  const act = () => ({ actor, commandId: newId(), inspectionId: id });
  if (state === 'open') return;
  await closeInspection(store, act());
  if (state !== 'public') return;
  await publishInspection(store, {
    ...{ ...act(), resultNumber: '12/KL-TTr', publicOn: day('2025-12-02') },
  });
}
