import type { Answer } from './ask.js';
import { auditsOffice, covers, isKnown, isOverWhole, mayUse, scopesOf, shareOf } from './oracle.js';
import { plansFor, seesOffice } from './office-oracle.js';
import type { ActorIs, ScopeName } from './world/description.js';
import type { World, WorldRecord } from './world/world.js';

/**
 * What an address with this policy may tell: what the policy is about, and what a person may look up
 * anyway. A public address tells nobody's.
 */
export function opensWith(policy: string): string[] {
  if (['public', 'anybody', 'signed-in'].includes(policy)) return [];
  return [policy, policy.replace(/:.*$/, ':read'), 'household:read'];
}

/** A page that is there only for who holds its own permission, however else they may look. */
export const exactly = (policy: string): string[] => [policy];

/** May this person see the record, as somebody who holds one of these permissions over it? */
export function maySee(
  actor: ActorIs,
  policy: string,
  record: WorldRecord,
  permissions = opensWith(policy),
): boolean {
  const { kind, file, unit, members } = record;
  if (record.office) return seesOffice(actor, record.office);
  if (record.parties) return isKnown(actor) && record.parties.includes(actor.name);
  if (record.movesIn) return plansFor(actor, record.movesIn);
  if (kind === 'inspection' || kind === 'entry') return seesOfAudit(actor, record);
  if (kind === 'list') return isOverWhole(scopesOf(actor, 'list:read'), unit!);
  return permissions.some((permission) => {
    const scopes = scopesOf(actor, permission);
    if (file) return shareOf(scopes, file) !== 'none';
    if (unit) return permission.startsWith('list:') && isOverWhole(scopes, unit);
    return covered(scopes, record) && (members?.includes(actor.name) ?? true);
  });
}

/**
 * Inspections are known to who takes part in them or inspects their area, once their result is public to
 * all who audit. Entries of a place are read like its households, others by who audits the office; what was
 * read under an inspection by who takes part in it or inspects all of its area.
 */
function seesOfAudit(
  actor: ActorIs,
  { kind, officeOf, members, inspectedBy, isPublic, maker, ...record }: WorldRecord,
) {
  const audits = scopesOf(actor, 'audit:read');
  if (audits.length === 0) return false;
  if (kind === 'inspection') {
    const isWithin = auditsOffice(scopesOf(actor, 'inspection:propose'), officeOf!);
    return isPublic === true || maker === actor.name || isWithin;
  }
  if (
    members &&
    inspectedBy &&
    !members.includes(actor.name) &&
    !auditsOffice(scopesOf(actor, 'inspection:propose'), inspectedBy)
  ) {
    return false;
  }
  if (officeOf) return auditsOffice(audits, officeOf);
  return covered(scopesOf(actor, 'household:read'), record);
}

const covered = (scopes: readonly ScopeName[], { places }: Pick<WorldRecord, 'places'>): boolean =>
  places.some((place) => scopes.some((scope) => covers(scope, place)));

/** May they change it? An act on a file is an act on all of it, one on a list an act on the unit. */
export function mayChange(actor: ActorIs, permission: string, record: WorldRecord): boolean {
  const { kind, file, unit, officeOf } = record;
  // Their own role, or a delegation they take part in; and moves of their province.
  if (record.parties || record.movesIn) {
    return !record.isReceived && maySee(actor, permission, record);
  }
  const scopes = scopesOf(actor, permission);
  if (file) return shareOf(scopes, file) === 'whole';
  if (unit) return isOverWhole(scopes, unit) && isOverWhole(scopesOf(actor, 'list:read'), unit);
  if (kind === 'inspection') return auditsOffice(scopes, officeOf!);
  return record.places.every((place) => scopes.some((scope) => covers(scope, place)));
}

export interface Asked {
  actor: ActorIs;
  method: string;
  path: string;
  policy: string;
  record: WorldRecord | null;
}

/** Words in an answer that this person may not come across, and answers that no good site gives. */
export function judgeAnswer(world: World, asked: Asked, answer: Answer, spoken = ''): string[] {
  const { actor, policy, path } = asked;
  const who = { actor, permissions: mayUse(actor, policy) ? opensWith(policy) : [] };
  const found = world.tokens.foreignIn(answer.text, who, `${decodeURIComponent(path)} ${spoken}`);
  if (answer.status >= 500) found.push(`answered ${answer.status}`);
  if (!mayUse(actor, policy) && answer.status < 300) found.push(`answered ${answer.status}`);
  return found;
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Of a file that was taken away: entries that the person just made have ids of their own in it. */
const HASH = /\b[0-9a-f]{64}\b|-[0-9a-f]{12}(?=\.(csv|xlsx)\b)/g;

/** An answer without what differs from one question to the next: what was asked for, new ids. */
export function comparable(world: World, answer: Answer, asked: string): string {
  const headers = Object.entries(answer.headers)
    .filter(([name]) => name !== 'content-length')
    .map((pair) => pair.join(': '));
  const text = [answer.status, ...headers.sort(), answer.body].join('\n');
  const bare = (asked === '' ? text : text.replaceAll(asked, '«asked»')).replace(HASH, '«hash»');
  return bare.replace(ID, (id) => (world.tokens.isKept(id) ? id : '«new id»'));
}

/** Where two answers part, for a person to see. */
export function firstDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const from = Math.max(0, at - 60);
  const cut = (text: string) => JSON.stringify(text.slice(from, at + 60));
  return `${cut(a)} against ${cut(b)}`;
}
