import type { Answer } from './ask.js';
import { mayUse, placesFor, scopesOf, shareOf } from './oracle.js';
import type { ActorIs } from './world/description.js';
import type { World, WorldRecord } from './world/world.js';

/**
 * What an address with this policy may tell: what the policy is about, and what a person may look up
 * anyway. A public address tells nobody's.
 */
export function opensWith(policy: string): string[] {
  if (policy === 'public' || policy === 'signed-in') return [];
  return [policy, policy.replace(/:.*$/, ':read'), 'household:read'];
}

/** May this person see the record at an address with this policy? */
export function maySee(actor: ActorIs, policy: string, record: WorldRecord): boolean {
  return opensWith(policy).some((permission) => {
    if (record.file) return shareOf(scopesOf(actor, permission), record.file) !== 'none';
    const places = placesFor(actor, permission);
    return record.places.some((place) => places.has(place));
  });
}

/** May they change it? An act on a file is an act on all of it. */
export function mayChange(actor: ActorIs, permission: string, record: WorldRecord): boolean {
  if (record.file) return shareOf(scopesOf(actor, permission), record.file) === 'whole';
  const places = placesFor(actor, permission);
  return record.places.every((place) => places.has(place));
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

/** An answer without what differs from one question to the next: what was asked for, new ids. */
export function comparable(world: World, answer: Answer, asked: string): string {
  const headers = Object.entries(answer.headers).map((pair) => pair.join(': '));
  const text = [answer.status, ...headers.sort(), answer.body].join('\n');
  const bare = asked === '' ? text : text.replaceAll(asked, '«asked»');
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
