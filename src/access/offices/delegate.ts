import { parsePlainDate, today } from '../../kernel/index.js';
import type { Actor, Store, Tx } from '../../store/index.js';
import { audit, runCommand } from '../../store/index.js';
import { findRole } from '../roles.js';
import type { Assignment } from './assignments.js';
import {
  accountOfPerson,
  endAssignment,
  endedPayload,
  findAssignment,
  insertAssignment,
  isHeldIn,
  isOver,
  lockRolesOf,
  personOfActor,
  roleReason,
  versionOf,
} from './assignments.js';
import type { Colleague } from './colleagues.js';
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
  const reason = roleReason(input.reason, 'đi công tác từ ngày … đến ngày …');
  const typedFrom = input.from ? parsePlainDate(input.from) : null;
  const until = parsePlainDate(input.until);
  if (input.from && !typedFrom) throw delegationProblems.noBeginning();
  if (!until) throw delegationProblems.noEnd();
  const permissions = input.permissions ? [...new Set(input.permissions)].sort() : null;
  // As typed: the same form sent again after midnight is the same command.
  const facts = { assignmentId, receiverId, permissions, from: typedFrom, until, reason };
  const call = { actor, commandId, name: 'role.delegate', permission: 'own' as const, reason };
  return runCommand(store, { ...call, input: facts }, async (tx) => {
    const from = typedFrom ?? today(tx.clock);
    const receiverPerson = await personBehind(tx, receiverId);
    const person = await personOfActor(tx);
    await lockRolesOf(tx, ...[person, receiverPerson].filter((one) => one !== null));
    const source = await ownRole(tx, assignmentId, person);
    const role = findRole(source.role);
    const can = role?.can ?? [];
    checkHandover(
      { ...source, label: role?.label ?? source.role, isDelegable: role?.delegable ?? false, can },
      { from, until, permissions },
      today(tx.clock),
    );
    const receiver = await colleague(tx, source, receiverId, receiverPerson);
    const held = { ...source, validFrom: from, validTo: until };
    if (await isHeldIn(tx, receiver.personId, held, true)) throw delegationProblems.heldAlready();
    const isWhole = permissions === null || can.every((one) => permissions.includes(one));
    const made = await insertAssignment(tx, {
      ...{ personId: receiver.personId, officeId: source.officeId, role: source.role },
      ...{ scopeKey: source.scopeKey, validFrom: from, validTo: until },
      ...{ delegatedFrom: source.assignmentId, permissions: isWhole ? null : permissions, reason },
    });
    // What the role allows may change later: the log keeps what it was.
    const given = permissions ?? [...can].sort();
    const payload = {
      ...facts,
      permissions: given,
      from,
      made,
      role: source.role,
      receiverName: receiver.name,
    };
    const subject = { subjectKind: 'account', subjectId: receiver.accountId };
    await audit(tx, { action: 'role.delegate', ...subject, payload, reason, by: source });
    return made;
  });
}

/** A role the actor holds today. Somebody else's looks like one that is not there. */
async function ownRole(tx: Tx, assignmentId: string, person: string | null): Promise<Assignment> {
  const held = await findAssignment(tx, assignmentId);
  const day = today(tx.clock);
  if (!held || person !== held.personId) throw delegationProblems.notOwn();
  if (held.validFrom > day || isOver(held, day, tx.now)) throw delegationProblems.notOwn();
  return held;
}

async function personBehind(tx: Tx, accountId: string): Promise<string | null> {
  const { rows } = await tx.query<{ personId: string }>(
    `select person_account_id as "personId" from accounts
     where account_id = $1 and disabled_at is null`,
    [accountId],
  );
  return rows[0]?.personId ?? null;
}

async function colleague(
  tx: Tx,
  source: Assignment,
  receiverId: string,
  receiverPerson: string | null,
): Promise<Colleague> {
  if (receiverPerson === source.personId) throw delegationProblems.toOneself();
  const found = (await colleaguesIn(tx, source.officeId, source.personId)).find(
    ({ accountId }) => accountId === receiverId,
  );
  if (!found) throw delegationProblems.notColleague();
  return found;
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
    const person = await personOfActor(tx);
    const { personId } = (await findAssignment(tx, assignmentId)) ?? { personId: null };
    // Two who take it back at once: the second finds it taken back.
    if (personId !== null) await lockRolesOf(tx, personId);
    const held = await findAssignment(tx, assignmentId);
    const source = held?.delegatedFrom ? await findAssignment(tx, held.delegatedFrom) : null;
    if (!held || !source || person === null) throw delegationProblems.notFound();
    if (person !== held.personId && person !== source.personId) throw delegationProblems.notFound();
    if (isOver(held, today(tx.clock), tx.now)) throw delegationProblems.over();
    const [ended] = await endAssignment(tx, held, 'now', reason);
    if (!ended) throw delegationProblems.over();
    await audit(tx, {
      ...{ action: 'role.withdraw', subjectKind: 'account', reason, by: source },
      subjectId: await accountOfPerson(tx, held.personId),
      ...{ payload: endedPayload(ended), baseVersion: versionOf(ended) },
    });
  });
}
