import type { PlainDate } from '../../kernel/index.js';
import { today } from '../../kernel/index.js';
import type { Tx } from '../../store/index.js';
import type { Permission } from '../../store/index.js';
import { findRole, permissionLabel } from '../roles.js';
import { isOver, personOfActor } from './assignments.js';
import type { Colleague } from './colleagues.js';
import { colleaguesIn } from './colleagues.js';
import { heldOn } from './held-on.js';
import { scopeText } from './scope-text.js';

/** A role of one's own that may be handed over, with what it allows. */
export interface OwnRole {
  assignmentId: string;
  role: string;
  roleLabel: string;
  officeId: string;
  officeName: string;
  scope: string;
  validTo: PlainDate | null;
  permissions: readonly { id: Permission; label: string }[];
}

/** A delegation, as both people see it. */
export interface DelegationLine {
  assignmentId: string;
  roleLabel: string;
  officeName: string;
  scope: string;
  giver: string;
  receiver: string;
  /** Has the person who looks given it, or received it? */
  isGiven: boolean;
  /** What was handed over, in words. */
  permissions: readonly string[];
  /** Is it all that the role allows? */
  isWhole: boolean;
  validFrom: PlainDate;
  validTo: PlainDate;
  reason: string | null;
  state: 'coming' | 'running' | 'over' | 'withdrawn' | 'resting';
  withdrawnAt: Date | null;
  endReason: string | null;
}

/** Everything about delegations of one person. */
export interface OwnDelegations {
  roles: readonly OwnRole[];
  /** Of them, for one who has no other words for it: roles that are not handed over. */
  bound: readonly string[];
  lines: readonly DelegationLine[];
}

/** How many that are over are shown. */
const PAST = 20;

export async function ownDelegations(tx: Tx): Promise<OwnDelegations> {
  const person = await personOfActor(tx);
  if (person === null) return { roles: [], bound: [], lines: [] };
  const { roles, bound } = await ownRoles(tx, person);
  return { roles, bound, lines: await linesOf(tx, person) };
}

/** Colleagues to whom one of one's own roles may be handed. */
export async function receiversFor(tx: Tx, role: OwnRole): Promise<Colleague[]> {
  const person = await personOfActor(tx);
  return person === null ? [] : colleaguesIn(tx, role.officeId, person);
}

type RoleRow = Omit<OwnRole, 'roleLabel' | 'scope' | 'permissions'> & { scopeKey: string };

async function ownRoles(tx: Tx, person: string): Promise<Pick<OwnDelegations, 'roles' | 'bound'>> {
  const { rows } = await tx.query<RoleRow>(
    `select r.assignment_id as "assignmentId", r.role, r.office_id as "officeId",
       o.name as "officeName", r.scope_key as "scopeKey", r.valid_to as "validTo"
     from role_assignments r join offices o on o.office_id = r.office_id
     where r.person_account_id = $1 and r.delegated_from is null and ${heldOn('$2', '$3')}
     order by r.valid_from, r.assignment_id`,
    [person, today(tx.clock), tx.now],
  );
  const roles: OwnRole[] = [];
  const bound: string[] = [];
  for (const { scopeKey, ...row } of rows) {
    const known = findRole(row.role);
    if (!known?.delegable) {
      if (known) bound.push(known.label);
      continue;
    }
    const permissions = known.can.map((id) => ({ id, label: permissionLabel(id) }));
    const scope = await scopeText(tx, scopeKey);
    roles.push({ ...row, roleLabel: known.label, scope, permissions });
  }
  return { roles, bound };
}

interface LineRow {
  assignmentId: string;
  role: string;
  officeName: string;
  scopeKey: string;
  giver: string;
  giverId: string;
  receiver: string;
  permissions: Permission[] | null;
  validFrom: PlainDate;
  validTo: PlainDate;
  reason: string | null;
  withdrawnAt: Date | null;
  endReason: string | null;
  isHeld: boolean;
}

async function linesOf(tx: Tx, person: string): Promise<DelegationLine[]> {
  const day = today(tx.clock);
  const { rows } = await tx.query<LineRow>(
    `select r.assignment_id as "assignmentId", r.role, o.name as "officeName",
       r.scope_key as "scopeKey", gp.full_name as giver, g.person_account_id as "giverId",
       rp.full_name as receiver, r.permissions, r.valid_from as "validFrom",
       r.valid_to as "validTo", r.reason, r.withdrawn_at as "withdrawnAt",
       r.end_reason as "endReason", ${heldOn('$2', '$3')} as "isHeld"
     from role_assignments r
     join role_assignments g on g.assignment_id = r.delegated_from
     join people gp on gp.person_account_id = g.person_account_id
     join people rp on rp.person_account_id = r.person_account_id
     join offices o on o.office_id = r.office_id
     where r.person_account_id = $1 or g.person_account_id = $1
     order by r.valid_to desc, r.assignment_id desc limit 200`,
    [person, day, tx.now],
  );
  const known = rows.map((row) => ({ ...row, state: stateOf(row, day, tx.now) }));
  const isPast = ({ state }: (typeof known)[number]) => state === 'over' || state === 'withdrawn';
  const shown = [...known.filter((one) => !isPast(one)), ...known.filter(isPast).slice(0, PAST)];
  const scopes = new Map<string, string>();
  for (const { scopeKey } of shown) {
    if (!scopes.has(scopeKey)) scopes.set(scopeKey, await scopeText(tx, scopeKey));
  }
  return shown.map((row) => ({
    ...row,
    roleLabel: findRole(row.role)?.label ?? row.role,
    scope: scopes.get(row.scopeKey) ?? row.scopeKey,
    isGiven: row.giverId === person,
    permissions: (row.permissions ?? findRole(row.role)?.can ?? []).map(permissionLabel),
    isWhole: row.permissions === null,
  }));
}

/** `resting`: in force by its dates, but the giver or the receiver no longer holds what it rests on,
 * or the role is no longer one to hand over. */
function stateOf(row: LineRow, day: PlainDate, now: Date): DelegationLine['state'] {
  if (row.withdrawnAt !== null) return 'withdrawn';
  if (isOver(row, day, now)) return 'over';
  if (row.validFrom > day) return 'coming';
  return row.isHeld && findRole(row.role)?.delegable ? 'running' : 'resting';
}
