import type { PlainDate } from '../../kernel/index.js';
import { parsePlainDate, today } from '../../kernel/index.js';
import type { Actor, Store, Tx } from '../../store/index.js';
import { audit, runCommand } from '../../store/index.js';
import { findRole } from '../roles.js';
import type { Assignment } from './assignments.js';
import {
  accountOfPerson,
  endAssignment,
  findAssignment,
  insertAssignment,
  isOver,
  lockRolesOf,
  personOfActor,
  roleReason,
} from './assignments.js';
import { colleaguesIn } from './colleagues.js';
import { checkHandover, delegationProblems } from './delegation-rules.js';

export interface DelegateInput {
  actor: Actor;
  commandId: string;
  /** The role of one's own that is handed over. */
  assignmentId: string;
  /** Account of a colleague. */
  receiverId: string;
  /** Permissions of the role; all of them unless given. */
  permissions?: readonly string[];
  /** First and last day as typed; the first is today unless given, the last is a must. */
  from?: string;
  until: string;
  reason: string;
}

/**
 * Hands a role one holds to a colleague of the same office until a day (ủy quyền): over the same places,
 * all of it or some of its permissions, at most a year, not to be handed on. Both hold it meanwhile.
 * @returns the id of the new assignment
 * @throws Problem `delegation-…`, `reason-missing`
 */
export async function delegateRole(store: Store, input: DelegateInput): Promise<string> {
  const { actor, commandId, assignmentId, receiverId } = input;
  const reason = roleReason(input.reason);
  const from = input.from ? parsePlainDate(input.from) : today(store.clock);
  const until = parsePlainDate(input.until);
  if (!from || !until) throw delegationProblems.noEnd();
  const permissions = input.permissions ? [...new Set(input.permissions)].sort() : null;
  const facts = { assignmentId, receiverId, permissions, from, until, reason };
  const call = { actor, commandId, name: 'role.delegate', permission: 'own' as const, reason };
  return runCommand(store, { ...call, input: facts }, async (tx) => {
    await lockRolesOf(tx);
    const source = await ownRole(tx, assignmentId);
    const role = findRole(source.role);
    const can = role?.can ?? [];
    checkHandover(
      { ...source, label: role?.label ?? source.role, isDelegable: role?.delegable ?? false, can },
      { from, until, permissions },
      today(tx.clock),
    );
    const receiver = await colleague(tx, source, receiverId);
    await lockRolesOf(tx, receiver.personId);
    await refuseTwice(tx, source, receiver.personId, { from, until });
    const isWhole = permissions === null || can.every((one) => permissions.includes(one));
    const made = await insertAssignment(tx, {
      ...{ personId: receiver.personId, officeId: source.officeId, role: source.role },
      ...{ scopeKey: source.scopeKey, validFrom: from, validTo: until },
      ...{ delegatedFrom: source.assignmentId, permissions: isWhole ? null : permissions, reason },
    });
    const payload = { ...facts, made, role: source.role, receiverName: receiver.name };
    const subject = { subjectKind: 'account', subjectId: receiver.accountId };
    await audit(tx, { action: 'role.delegate', ...subject, payload, reason });
    return made;
  });
}

/** A role the actor holds today. Somebody else's looks like one that is not there. */
async function ownRole(tx: Tx, assignmentId: string): Promise<Assignment> {
  const held = await findAssignment(tx, assignmentId);
  const day = today(tx.clock);
  if (!held || (await personOfActor(tx)) !== held.personId) throw delegationProblems.notOwn();
  if (held.validFrom > day || isOver(held, day, tx.now)) throw delegationProblems.notOwn();
  return held;
}

async function colleague(tx: Tx, source: Assignment, receiverId: string) {
  const { rows } = await tx.query<{ personId: string }>(
    `select person_account_id as "personId" from accounts
     where account_id = $1 and disabled_at is null`,
    [receiverId],
  );
  if (rows[0]?.personId === source.personId) throw delegationProblems.toOneself();
  const found = (await colleaguesIn(tx, source.officeId, source.personId)).find(
    ({ accountId }) => accountId === receiverId,
  );
  if (!found) throw delegationProblems.notColleague();
  return found;
}

/** The same role over the same places is held by the same person once at a time. */
async function refuseTwice(
  tx: Tx,
  source: Assignment,
  personId: string,
  { from, until }: { from: PlainDate; until: PlainDate },
): Promise<void> {
  const { rowCount } = await tx.query(
    `select from role_assignments r where r.person_account_id = $1 and r.role = $2
       and r.scope_key = $3 and r.withdrawn_at is null
       and (r.valid_to is null or r.valid_to >= $4) and r.valid_from <= $5`,
    [personId, source.role, source.scopeKey, from, until],
  );
  if (rowCount > 0) throw delegationProblems.heldAlready();
}

/**
 * Takes a delegation back, at once: whoever gave it, or whoever received it.
 * @throws Problem `delegation-not-found`, `delegation-over`, `reason-missing`
 */
export async function withdrawDelegation(
  store: Store,
  input: { actor: Actor; commandId: string; assignmentId: string; reason: string },
): Promise<void> {
  const { actor, commandId, assignmentId } = input;
  const reason = roleReason(input.reason);
  const call = { actor, commandId, name: 'role.withdraw', permission: 'own' as const, reason };
  await runCommand(store, { ...call, input: { assignmentId, reason } }, async (tx) => {
    await lockRolesOf(tx);
    const held = await findAssignment(tx, assignmentId);
    const source = held?.delegatedFrom ? await findAssignment(tx, held.delegatedFrom) : null;
    const person = await personOfActor(tx);
    if (!held || !source || person === null) throw delegationProblems.notFound();
    if (person !== held.personId && person !== source.personId) throw delegationProblems.notFound();
    if (isOver(held, today(tx.clock), tx.now)) throw delegationProblems.over();
    await endAssignment(tx, held, 'now', reason);
    const payload = { assignmentId, role: held.role };
    const subjectId = await accountOfPerson(tx, held.personId);
    await audit(tx, {
      action: 'role.withdraw',
      subjectKind: 'account',
      subjectId,
      payload,
      reason,
    });
  });
}
