import type { PlainDate } from '../../kernel/index.js';
import { Problem, isId, today } from '../../kernel/index.js';
import type { Actor, Store, Tx } from '../../store/index.js';
import { audit, runCommand } from '../../store/index.js';
import { requireRole } from '../roles.js';
import type { Scope } from '../scopes.js';
import { checkRoleScope } from '../scopes.js';
import {
  accountOfPerson,
  endAssignment,
  findAssignment,
  insertAssignment,
  isOver,
  lockRolesOf,
  personOfAccount,
  roleReason,
} from './assignments.js';
import { findOffice, officeNotFound } from './office.js';
import { checkRoleInOffice, requireOfficeKind } from './office-kinds.js';
import { officeForRole } from './office-for-role.js';

export interface AddRole {
  actor: Actor;
  commandId: string;
  username: string;
  /** Id of a role of `packs/national/access/roles.yaml`. */
  role: string;
  scope: Scope;
  /** The office it is held in; the one of the scope that fits the role unless named. */
  officeId?: string;
  /** First day; today unless given. */
  validFrom?: PlainDate;
  /** Last day; open unless given. */
  validTo?: PlainDate;
}

/**
 * Gives somebody who has an account a further role.
 * @returns the id of the assignment
 * @throws Problem `account-unknown`, `role-scope-mismatch`, `role-not-in-office`, `office-not-found`,
 *   `office-ended`, `role-held-already`, `interval-reversed`
 */
export async function addRole(store: Store, input: AddRole): Promise<string> {
  const { actor, commandId, username, scope, officeId, validTo = null } = input;
  const role = requireRole(input.role);
  checkRoleScope(role, scope);
  const validFrom = input.validFrom ?? today(store.clock);
  if (validTo !== null && validTo < validFrom) throw intervalReversed();
  const facts = { username, role: role.id, scopeKey: scope.key, validFrom, validTo };
  const call = { actor, commandId, name: 'role.add', permission: 'account:propose' as const };
  return runCommand(store, { ...call, input: { ...facts, officeId } }, async (tx) => {
    const person = await personOfAccount(tx, username);
    await lockRolesOf(tx, person.personId);
    const office = officeId ?? (await officeForRole(tx, role.id, scope, validFrom));
    if (officeId !== undefined) await checkOfficeOfRole(tx, officeId, role, validFrom);
    await refuseHeld(tx, person.personId, facts);
    const assignmentId = await insertAssignment(tx, {
      ...{ personId: person.personId, officeId: office, role: role.id, scopeKey: scope.key },
      ...{ validFrom, validTo },
    });
    const payload = { ...facts, assignmentId, officeId: office };
    const subject = { subjectKind: 'account', subjectId: person.accountId };
    await audit(tx, { action: 'role.add', ...subject, payload });
    return assignmentId;
  });
}

/** @throws Problem `office-not-found`, `office-ended`, `role-not-in-office` */
export async function checkOfficeOfRole(
  tx: Tx,
  officeId: string,
  role: { id: string; label: string },
  on: PlainDate,
): Promise<void> {
  const office = isId(officeId) ? await findOffice(tx, officeId) : null;
  if (!office) throw officeNotFound();
  if (office.validTo !== null && office.validTo < on) {
    throw new Problem('refused', {
      code: 'office-ended',
      what: `${office.name} đã kết thúc.`,
      why: 'Không ai giữ vai trò ở một cơ quan đã kết thúc.',
      todo: 'Chọn cơ quan đang hoạt động: thonban office list',
    });
  }
  checkRoleInOffice(role, requireOfficeKind(office.kind));
}

/** The same role over the same places is held once at a time. */
async function refuseHeld(
  tx: Tx,
  personId: string,
  {
    role,
    scopeKey,
    validFrom,
    validTo,
  }: { role: string; scopeKey: string; validFrom: PlainDate; validTo: PlainDate | null },
): Promise<void> {
  const { rowCount } = await tx.query(
    `select from role_assignments r where r.person_account_id = $1 and r.role = $2
       and r.scope_key = $3 and r.delegated_from is null and r.withdrawn_at is null
       and (r.valid_to is null or r.valid_to >= $4) and ($5::date is null or r.valid_from <= $5)`,
    [personId, role, scopeKey, validFrom, validTo],
  );
  if (rowCount === 0) return;
  throw new Problem('conflict', {
    code: 'role-held-already',
    what: 'Người này giữ vai trò đó ở đúng địa bàn đó trong cùng thời gian.',
    todo: 'Kết thúc vai trò cũ trước (thonban user role end), hoặc chọn ngày khác.',
  });
}

export interface EndRole {
  actor: Actor;
  commandId: string;
  assignmentId: string;
  /** The last day; at once unless given. */
  lastDay?: PlainDate;
  reason: string;
}

/**
 * Ends a role, and with it whatever was handed on from it.
 * @throws Problem `role-not-found`, `role-ended-already`, `reason-missing`, `interval-reversed`
 */
export async function endRole(store: Store, input: EndRole): Promise<void> {
  const { actor, commandId, assignmentId, lastDay } = input;
  const reason = roleReason(input.reason);
  const call = { actor, commandId, name: 'role.end', permission: 'account:propose' as const };
  const facts = { assignmentId, lastDay: lastDay ?? null, reason };
  await runCommand(store, { ...call, input: facts, reason }, async (tx) => {
    await lockRolesOf(tx);
    const held = await findAssignment(tx, assignmentId);
    if (!held) throw roleNotFound();
    const day = today(tx.clock);
    if (isOver(held, day, tx.now) || (lastDay && held.validTo && held.validTo <= lastDay)) {
      throw roleEndedAlready();
    }
    if (lastDay !== undefined && lastDay < day) throw endsInThePast();
    await endAssignment(tx, held, lastDay ?? 'now', reason);
    const payload = { assignmentId, role: held.role, scopeKey: held.scopeKey, lastDay };
    const subjectId = await accountOfPerson(tx, held.personId);
    await audit(tx, { action: 'role.end', subjectKind: 'account', subjectId, payload, reason });
  });
}

const roleNotFound = (): Problem =>
  new Problem('not-found', {
    code: 'role-not-found',
    what: 'Không có vai trò mang mã này.',
    todo: 'Xem mã vai trò: thonban office show MÃ_CƠ_QUAN',
  });

const roleEndedAlready = (): Problem =>
  new Problem('conflict', {
    code: 'role-ended-already',
    what: 'Vai trò này đã kết thúc, hoặc sẽ kết thúc không muộn hơn ngày đó.',
    todo: 'Không cần làm gì thêm; muốn giao lại: thonban user role add',
  });

const endsInThePast = (): Problem =>
  new Problem('refused', {
    code: 'interval-reversed',
    what: 'Ngày cuối cùng đã qua.',
    why: 'Việc đã làm bằng vai trò này đến hôm nay vẫn đứng trong nhật ký.',
    todo: 'Bỏ ngày để kết thúc ngay, hoặc chọn ngày từ hôm nay trở đi.',
  });

const intervalReversed = (): Problem =>
  new Problem('usage', {
    code: 'interval-reversed',
    what: 'Ngày kết thúc đứng trước ngày bắt đầu.',
    todo: 'Xem lại hai ngày.',
  });
