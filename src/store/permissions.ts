import { Problem } from '../kernel/index.js';
import type { Actor } from './types.js';

/** What can be done with a record: look, prepare, approve, make public. */
export type Action = 'read' | 'propose' | 'decide' | 'publish';

/** A kind of record and an action: `household:propose`. */
export type Permission = `${string}:${Action}`;

/** Somebody whose role another person holds for a time. */
export interface OnBehalfOf {
  readonly personId: string;
  readonly name: string;
}

/** One permission of an actor: over which scope keys, for which office, by which role. */
export interface Grant {
  permission: Permission;
  scopes: readonly string[];
  officeId: string | null;
  role: string;
  /** Set when the role was handed over: acts are done on that person's behalf. */
  onBehalfOf?: OnBehalfOf | null;
}

/** The grants with which this actor may do that; none when it is not theirs to do. */
export const grantsOf = (actor: Actor, permission: Permission): readonly Grant[] =>
  actor.grants === 'installation'
    ? [{ permission, scopes: actor.scopes, officeId: actor.officeId, role: 'installation' }]
    : actor.grants.filter((grant) => grant.permission === permission);

/** Scope keys over which this actor may do that. */
export const scopesFor = (actor: Actor, permission: Permission): string[] => [
  ...new Set(grantsOf(actor, permission).flatMap(({ scopes }) => scopes)),
];

export const may = (actor: Actor, permission: Permission): boolean =>
  grantsOf(actor, permission).length > 0;

/** Kinds of records that are no household's. */
const OF_NO_HOUSEHOLD: ReadonlySet<string> = new Set([
  ...['account', 'office', 'figure', 'audit', 'inspection'],
]);

/**
 * Does acting by this permission open the rows of households where it is held? Who runs accounts or
 * offices of a province, or counts its figures, does so without seeing a household.
 */
export const opensRows = (permission: Permission): boolean =>
  !OF_NO_HOUSEHOLD.has(permission.split(':')[0] ?? '');

/** Does it let them be written? Looking never does. */
export const writesRows = (permission: Permission): boolean =>
  opensRows(permission) && !permission.endsWith(':read');

/** Who answers for something that is done or read: an office, roles in it, and whose roles they are. */
export interface Answer {
  officeId: string | null;
  /** What the person holds there and uses. */
  roles: readonly string[];
  /** Those who handed the roles over; none when one's own role is enough. The first is named. */
  givers: readonly OnBehalfOf[];
}

/** The nearer the office, the sooner it answers: that of the village, of the commune, of the province. */
const NEAREST_FIRST = ['v:', 'u:', 'p:'];
const farness = ({ scopes }: Grant): number =>
  Math.min(...scopes.map((key) => NEAREST_FIRST.indexOf(key.slice(0, 2))));

/**
 * Who answers, when these grants allow it. What one may do oneself is not done on anybody's behalf; what
 * only others' roles allow is done on behalf of all of them.
 */
export function answerOf(grants: readonly Grant[]): Answer | null {
  const own = grants.filter((one) => !one.onBehalfOf);
  const used = (own.length > 0 ? [...own] : [...grants]).sort((a, b) => farness(a) - farness(b));
  const [first] = used;
  if (!first) return null;
  const there = used.filter((one) => one.officeId === first.officeId);
  const givers = new Map(used.flatMap(({ onBehalfOf: by }) => (by ? [[by.personId, by]] : [])));
  return {
    officeId: first.officeId,
    roles: [...new Set(there.map(({ role }) => role))],
    givers: [...givers.values()],
  };
}

/** Would the same office answer on the same people's behalf, wherever it is? */
export const answersAlike = (grants: readonly Grant[]): boolean =>
  new Set(grants.map((one) => `${one.officeId} ${one.onBehalfOf?.personId ?? ''}`)).size <= 1;

/**
 * The actor as the holder of one permission: the office and role that answer for the act, and on whose
 * behalf it is done. An act about a place is answered for where that place lies (`answerFor`).
 */
export function actingBy(actor: Actor, permission: Permission): Actor {
  const answer = answerOf(grantsOf(actor, permission));
  if (!answer) throw notPermitted(actor);
  return answering(actor, answer);
}

/** The actor in the office and the role of an answer. */
export function answering(actor: Actor, { officeId, roles, givers }: Answer): Actor {
  const [role] = roles;
  return {
    ...{ ...actor, officeId: officeId ?? actor.officeId, givers, onBehalfOf: givers[0] ?? null },
    ...(role !== undefined && { role }),
  };
}

/** All that this actor holds, anywhere. */
export const permissionsOf = (actor: Actor): Permission[] =>
  actor.grants === 'installation'
    ? []
    : [...new Set(actor.grants.map(({ permission }) => permission))];

const CHANGES: ReadonlySet<string> = new Set(['propose', 'decide', 'publish']);

/** Tells that the role, not the record, is the reason. */
export function notPermitted(actor: Actor): Problem {
  const grants = actor.grants === 'installation' ? [] : actor.grants;
  const isReadOnly = grants.every(({ permission }) => !CHANGES.has(permission.split(':')[1] ?? ''));
  return isReadOnly
    ? new Problem('forbidden', {
        code: 'read-only-role',
        what: 'Tài khoản này chỉ được xem, không được ghi.',
        why: 'Vai trò được giao cho tài khoản là vai trò chỉ đọc, như vai trò giám sát.',
        todo: 'Dùng tài khoản của cán bộ phụ trách địa bàn.',
      })
    : new Problem('forbidden', {
        code: 'not-permitted',
        what: 'Vai trò của tài khoản này không được làm việc đó.',
        why: 'Mỗi vai trò chỉ được làm phần việc được giao: người lập không phải là người duyệt.',
        todo: 'Nhờ người giữ vai trò đó làm, hoặc hỏi người quản trị về vai trò của mình.',
      });
}
