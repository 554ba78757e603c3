import type { PlainDate } from '../../kernel/index.js';
import { Problem, today } from '../../kernel/index.js';
import type { Actor, Store, Tx } from '../../store/index.js';
import { audit, runCommand } from '../../store/index.js';
import { requireRole } from '../roles.js';
import type { Scope } from '../scopes.js';
import { checkRoleScope } from '../scopes.js';
import {
  accountOfPerson,
  endAssignment,
  endedPayload,
  findAssignment,
  insertAssignment,
  isHeldIn,
  isOver,
  lockRolesOf,
  personOfAccount,
  roleReason,
  versionOf,
} from './assignments.js';
import type { EndedAssignment } from './assignments.js';
import { officeOfNewRole } from './office-for-role.js';

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
 *   `office-ended`, `office-elsewhere`, `scope-ended`, `role-held-already`, `interval-reversed`
 */
export async function addRole(store: Store, input: AddRole): Promise<string> {
  const { actor, commandId, username, scope, officeId, validTo = null } = input;
  const role = requireRole(input.role);
  checkRoleScope(role, scope);
  const typed = { username, role: role.id, scopeKey: scope.key, validTo };
  const call = { actor, commandId, name: 'role.add', permission: 'account:propose' as const };
  // As typed: the same form sent again after midnight is the same command.
  const asked = { ...typed, validFrom: input.validFrom ?? null, officeId };
  return runCommand(store, { ...call, input: asked }, async (tx) => {
    const validFrom = input.validFrom ?? today(tx.clock);
    if (validTo !== null && validTo < validFrom) throw intervalReversed();
    const person = await personOfAccount(tx, username);
    await lockRolesOf(tx, person.personId);
    const office = await officeOfNewRole(tx, { role, scope, officeId, validFrom });
    const held = { ...typed, validFrom };
    // What one holds on somebody's behalf may be given to one for good.
    if (await isHeldIn(tx, person.personId, held, false)) throw heldAlready();
    const assignmentId = await insertAssignment(tx, {
      ...{ personId: person.personId, officeId: office, role: role.id, scopeKey: scope.key },
      ...{ validFrom, validTo },
    });
    const payload = { ...held, assignmentId, officeId: office };
    const subject = { subjectKind: 'account', subjectId: person.accountId };
    await audit(tx, { action: 'role.add', ...subject, payload });
    return assignmentId;
  });
}

const heldAlready = (): Problem =>
  new Problem('conflict', {
    code: 'role-held-already',
    what: 'Người này giữ vai trò đó ở đúng địa bàn đó trong cùng thời gian.',
    todo: 'Kết thúc vai trò cũ trước (thonban user role end), hoặc chọn ngày khác.',
  });

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
    const { personId } = (await findAssignment(tx, assignmentId)) ?? { personId: null };
    if (personId === null) throw roleNotFound();
    // Two who end it at once: the second finds it ended.
    await lockRolesOf(tx, personId);
    const held = (await findAssignment(tx, assignmentId))!;
    const day = today(tx.clock);
    if (isOver(held, day, tx.now) || (lastDay && held.validTo && held.validTo <= lastDay)) {
      throw roleEndedAlready();
    }
    if (lastDay !== undefined && lastDay < day) throw endsInThePast();
    const ended = await endAssignment(tx, held, lastDay ?? 'now', reason);
    if (ended.length === 0) throw roleEndedAlready();
    for (const one of ended) await enterEnd(tx, one, reason);
  });
}

/** The end of a role in the log of who held it; of what was handed on from it, in the receiver's. */
async function enterEnd(tx: Tx, ended: EndedAssignment, reason: string): Promise<void> {
  const { delegatedFrom } = ended;
  const payload = { ...endedPayload(ended), ...(delegatedFrom && { endedWith: delegatedFrom }) };
  const subjectId = await accountOfPerson(tx, ended.personId);
  const action = delegatedFrom ? 'role.withdraw' : 'role.end';
  await audit(tx, {
    ...{ action, subjectKind: 'account', subjectId, payload, reason },
    baseVersion: versionOf(ended),
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
