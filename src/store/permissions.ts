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

/**
 * The actor as the holder of one permission: the office and role that answer for the act, and on whose
 * behalf it is done. What one may do oneself is not done on anybody's behalf.
 */
export function actingBy(actor: Actor, permission: Permission): Actor {
  const grants = grantsOf(actor, permission);
  const grant = grants.find((one) => !one.onBehalfOf) ?? grants[0];
  if (!grant) throw notPermitted(actor);
  const { role, officeId, onBehalfOf = null } = grant;
  return { ...actor, officeId: officeId ?? actor.officeId, role, onBehalfOf };
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
