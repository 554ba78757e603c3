import type pg from 'pg';
import { newId } from '../../../src/kernel/index.js';
import { seesNamesAt } from '../office-oracle.js';
import { isKnown, officeOfRole } from '../oracle.js';
import type { ActorIs, HoldsIs, PlaceName, ScopeName } from './description.js';
import { PLACES, PROVINCES, TODAY } from './description.js';
import { insert } from './insert.js';
import { OFFICES } from './office-stories.js';
import { scopeKey, spotOf } from './places.js';
import type { Tokens } from './tokens.js';
import type { HeldIs, WorldActor } from './world.js';

export interface Ground {
  places: Readonly<Record<PlaceName, string>>;
  tokens: Tokens;
}

/** This morning, before anybody asked. */
const WITHDRAWN_AT = new Date(`${TODAY}T02:00:00Z`);

interface NewRole {
  client: pg.Client;
  ground: Ground;
  before: readonly WorldActor[];
  is: ActorIs;
  one: HoldsIs;
  personId: string;
}

/** A role in an office of one's own, unless one is named: there people are colleagues. */
export async function addRole({
  client,
  ground,
  before,
  is,
  one,
  personId,
}: NewRole): Promise<HeldIs> {
  const { places, tokens } = ground;
  const { role, over, from, to, by, only, withdrawn } = one;
  const giver = before.find((actor) => actor.is.name === by);
  const source = giver?.held[0] ?? null;
  const isParty = (actor: ActorIs) => giver !== undefined && isPartyOf(actor, is, giver.is);
  const reason = source && tokens.word('handed-because', { seen: isParty });
  const office = { of: over, office: officeOfRole(is, one) };
  const isTold = (actor: ActorIs) => isParty(actor) || seesNamesAt(actor, office);
  const endReason = withdrawn ? tokens.word('taken-back-because', { seen: isTold }) : null;
  const assignmentId = newId();
  const spot = await officeFor({ client, ground, before, is, one });
  await insert(client, 'role_assignments', [
    {
      ...{
        assignment_id: assignmentId,
        person_account_id: personId,
        office_id: spot.officeId,
        role,
      },
      ...{ scope_key: scopeKey(over, places), valid_from: from, valid_to: to },
      ...{ delegated_from: source?.assignmentId, is_delegation: source !== null },
      ...{ source_is_delegation: source ? false : null, permissions: only, reason },
      ...{ withdrawn_at: withdrawn ? WITHDRAWN_AT : null, end_reason: endReason },
    },
  ]);
  return { assignmentId, ...spot, reason, endReason };
}

const isPartyOf = (actor: ActorIs, ...parties: readonly ActorIs[]): boolean =>
  isKnown(actor) && parties.some(({ name }) => name === actor.name);

/** The office of the description that was opened already, or a new one. */
async function officeFor({
  client,
  ground: { places, tokens },
  before,
  is,
  one,
}: Omit<NewRole, 'personId'>): Promise<Pick<HeldIs, 'officeId' | 'officeWord'>> {
  for (const other of before) {
    const known = other.is.holds.findIndex((held) => one.in !== undefined && held.in === one.in);
    const { officeId, officeWord } = other.held[known] ?? {};
    if (officeId && officeWord) return { officeId, officeWord };
  }
  const { of, kind, to } = OFFICES[one.in ?? ''] ?? { of: one.over, to: null };
  const office = officeOfRole(is, one);
  const [officeId, officeWord] = [newId(), tokens.word('office', { office: { of, office } })];
  await insert(client, 'offices', [
    {
      ...{ office_id: officeId, name: `Cơ quan ${officeWord}`, ...spotOf(of, places) },
      ...{ kind: kind ?? kindFor(of), valid_from: '2020-01-01', valid_to: to },
    },
  ]);
  return { officeId, officeWord };
}

const kindFor = (of: ScopeName): string =>
  of in PLACES ? 'village' : of in PROVINCES ? 'province_committee' : 'commune_committee';
