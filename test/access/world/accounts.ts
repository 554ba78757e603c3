import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Clock } from '../../../src/kernel/index.js';
import { newId } from '../../../src/kernel/index.js';
import type { ActorIs, PlaceName } from './description.js';
import { TODAY } from './description.js';
import { insert } from './insert.js';
import type { Ground } from './roles.js';
import { addRole } from './roles.js';
import type { HeldIs, WorldActor } from './world.js';

const HOUR = 3_600_000;
const MORNING = Date.parse(`${TODAY}T03:00:00Z`);
const at = (hours: number): Date => new Date(MORNING + hours * HOUR);

/** Whose household it was that a person last acted at, beyond what they may do today. */
const ACTED: Readonly<Record<string, readonly PlaceName[]>> = {
  'role ended yesterday': ['v5'],
  'moved from N1 to N2': ['u1', 'v1', 'v2', 'v3', 'uO'],
};

/** Who took part in an inspection whose result is public. */
const INSPECTORS = new Set(['inspector over N1']);

/**
 * Accounts, roles and sessions of everybody, written straight into the tables: passwords take half a
 * second each, and here nobody types one.
 */
export async function addWorldActors(
  client: pg.Client,
  actors: readonly ActorIs[],
  ground: Ground,
): Promise<WorldActor[]> {
  const added: WorldActor[] = [];
  for (const is of actors) {
    if (is.session === 'none') {
      added.push({ is, accountId: newId(), token: null, word: '', held: [] });
    } else added.push(await addActor(client, is, ground, added));
  }
  return added;
}

async function addActor(
  client: pg.Client,
  is: ActorIs,
  ground: Ground,
  before: readonly WorldActor[],
): Promise<WorldActor> {
  const personId = newId();
  const accountId = newId();
  const actedAt = ACTED[is.name] ?? [];
  const inspects = INSPECTORS.has(is.name);
  const word = ground.tokens.word('officer', { officer: is, actedAt, inspects });
  const person = { person_account_id: personId, full_name: `Cán bộ ${word}` };
  await insert(client, 'people', [{ ...person, is_synthetic: false }]);
  await insert(client, 'accounts', [
    {
      ...{ account_id: accountId, username: `u-${accountId}`, password_hash: 'none' },
      ...{ person_account_id: personId, is_demo: is.demo === true, created_at: at(-24) },
      disabled_at: is.closed ? at(-1) : null,
    },
  ]);
  const held: HeldIs[] = [];
  for (const one of is.holds) {
    held.push(await addRole({ client, ground, before, is, one, personId }));
  }
  const token = await openSession(client, accountId, is.session);
  return { is, accountId, token, word, held };
}

/** One account with one role and a session, in any instance; answers with the session's token. */
export async function addAccount(
  client: pg.Client,
  is: { name: string; role: string; scope: string; clock: Clock },
): Promise<string> {
  const [personId, accountId, officeId] = [newId(), newId(), newId()];
  const person = { person_account_id: personId, full_name: is.name, is_synthetic: true };
  await insert(client, 'people', [person]);
  await insert(client, 'offices', [
    {
      office_id: officeId,
      name: 'Cơ quan thử',
      kind: 'province_committee',
      valid_from: '2020-01-01',
    },
  ]);
  const account = { account_id: accountId, username: `u-${accountId}`, password_hash: 'none' };
  const now = is.clock.now();
  await insert(client, 'accounts', [
    { ...account, person_account_id: personId, is_demo: true, created_at: now },
  ]);
  await insert(client, 'role_assignments', [
    {
      ...{ assignment_id: newId(), person_account_id: personId, office_id: officeId },
      ...{ role: is.role, scope_key: is.scope, valid_from: '2020-01-01' },
    },
  ]);
  const token = randomBytes(32).toString('base64url');
  const expires = new Date(now.getTime() + 11 * HOUR);
  await insert(client, 'sessions', [
    {
      ...{ token_hash: hashOf(token), session_id: newId(), account_id: accountId },
      ...{ created_at: now, second_factor_at: now },
      ...{ last_seen_at: now, expires_at: expires },
    },
  ]);
  return token;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** A session as signing in leaves it, and ways in which it may have ended since. */
export async function openSession(
  client: pg.Client,
  accountId: string,
  end: ActorIs['session'],
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await insert(client, 'sessions', [
    {
      token_hash: hashOf(token),
      session_id: newId(),
      account_id: accountId,
      second_factor_at: end === 'no-code' ? null : at(-1),
      created_at: at(-1),
      last_seen_at: end === 'idle' ? at(-3) : at(0),
      expires_at: end === 'expired' ? at(-0.5) : at(11),
      ended_at: end === 'ended' ? at(-0.5) : null,
    },
  ]);
  return token;
}
