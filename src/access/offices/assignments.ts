import type { PlainDate } from '../../kernel/index.js';
import { Problem, newId, cutText, tidyText, today } from '../../kernel/index.js';
import { LOCKS } from '../../store/index.js';
import type { Tx } from '../../store/index.js';

/** A role as somebody holds it: a row of `role_assignments`. */
export interface Assignment {
  assignmentId: string;
  personId: string;
  officeId: string;
  role: string;
  scopeKey: string;
  validFrom: PlainDate;
  validTo: PlainDate | null;
  /** From this instant it gives nothing. */
  withdrawnAt: Date | null;
  /** The role it was handed over from; `null` = held in one's own right. */
  delegatedFrom: string | null;
  /** Of the role, when not all were handed over. */
  permissions: string[] | null;
  reason: string | null;
}

export const ASSIGNMENT_COLUMNS = `r.assignment_id as "assignmentId",
  r.person_account_id as "personId", r.office_id as "officeId", r.role, r.scope_key as "scopeKey",
  r.valid_from as "validFrom", r.valid_to as "validTo", r.withdrawn_at as "withdrawnAt",
  r.delegated_from as "delegatedFrom", r.permissions, r.reason`;

/** Is it over, or taken back, on that day and at that instant? What begins later is not over. */
export const isOver = (
  { validTo, withdrawnAt }: Pick<Assignment, 'validTo' | 'withdrawnAt'>,
  day: PlainDate,
  now: Date,
): boolean => (validTo !== null && validTo < day) || (withdrawnAt !== null && withdrawnAt <= now);

export async function findAssignment(tx: Tx, assignmentId: string): Promise<Assignment | null> {
  const { rows } = await tx.query<Assignment>(
    `select ${ASSIGNMENT_COLUMNS} from role_assignments r where r.assignment_id = $1`,
    [assignmentId],
  );
  return rows[0] ?? null;
}

export type NewAssignment = Pick<
  Assignment,
  'personId' | 'officeId' | 'role' | 'scopeKey' | 'validFrom' | 'validTo'
> &
  Partial<Pick<Assignment, 'delegatedFrom' | 'permissions' | 'reason'>>;

/** @returns the id of the new row */
export async function insertAssignment(tx: Tx, one: NewAssignment): Promise<string> {
  const assignmentId = newId(tx.clock);
  await tx.query(
    `insert into role_assignments (assignment_id, person_account_id, office_id, role, scope_key,
       valid_from, valid_to, delegated_from, is_delegation, source_is_delegation, permissions, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8::uuid, $8::uuid is not null,
       case when $8::uuid is not null then false end, $9, $10)`,
    [
      ...[assignmentId, one.personId, one.officeId, one.role, one.scopeKey, one.validFrom],
      ...[one.validTo, one.delegatedFrom ?? null, one.permissions ?? null, one.reason ?? null],
    ],
  );
  return assignmentId;
}

/** A role that an act ended, with its last day before the act. */
export interface EndedAssignment extends Pick<
  Assignment,
  'assignmentId' | 'personId' | 'role' | 'scopeKey' | 'delegatedFrom' | 'validTo'
> {
  validToBefore: PlainDate | null;
}

/**
 * Ends a role after `lastDay`, or `now`; what was handed on from it ends no later. What would only begin
 * afterwards never begins; what is over already stays as it was. @returns what was ended, the role first
 */
export async function endAssignment(
  tx: Tx,
  { assignmentId }: Pick<Assignment, 'assignmentId'>,
  lastDay: PlainDate | 'now',
  reason: string,
): Promise<EndedAssignment[]> {
  const day = lastDay === 'now' ? today(tx.clock) : lastDay;
  const { rows } = await tx.query<EndedAssignment>(
    `update role_assignments r
     set valid_to = case when r.valid_from > $2::date then r.valid_to
         else least(coalesce(r.valid_to, $2::date), $2::date) end,
       withdrawn_at = case when $3 or r.valid_from > $2::date then $4::timestamptz end,
       ended_by = $5, end_reason = $6
     from role_assignments b
     where b.assignment_id = r.assignment_id
       and (r.assignment_id = $1 or r.delegated_from = $1) and r.withdrawn_at is null
       and (r.valid_to is null or r.valid_to > $2::date or ($3 and r.valid_to = $2::date))
     returning r.assignment_id as "assignmentId", r.person_account_id as "personId", r.role,
       r.scope_key as "scopeKey", r.delegated_from as "delegatedFrom", r.valid_to as "validTo",
       b.valid_to as "validToBefore"`,
    [assignmentId, day, lastDay === 'now', tx.now, tx.actor.id, reason],
  );
  return rows.sort(
    (a, b) => +(b.assignmentId === assignmentId) - +(a.assignmentId === assignmentId),
  );
}

/** What changed, for the log: the last day before and after, and which version was replaced. */
export const endedPayload = (ended: EndedAssignment) => ({
  ...{ assignmentId: ended.assignmentId, role: ended.role, scopeKey: ended.scopeKey },
  before: { validTo: ended.validToBefore },
  after: { validTo: ended.validTo },
});

/** Last day of a role as it stood, as the version that an act replaced. */
export const versionOf = ({ validToBefore }: EndedAssignment): string => validToBefore ?? 'open';

export interface AccountPerson {
  personId: string;
  accountId: string;
  fullName: string;
}

/** The person of an open account. @throws Problem `account-unknown` */
export async function personOfAccount(tx: Tx, username: string): Promise<AccountPerson> {
  const { rows } = await tx.query<AccountPerson>(
    `select a.person_account_id as "personId", a.account_id as "accountId",
       p.full_name as "fullName"
     from accounts a join people p on p.person_account_id = a.person_account_id
     where a.username = $1 and a.disabled_at is null`,
    [username.normalize('NFC').trim().toLowerCase().slice(0, 100)],
  );
  if (rows[0]) return rows[0];
  throw new Problem('refused', {
    code: 'account-unknown',
    what: `Không có tài khoản đang dùng mang tên "${cutText(tidyText(username), 40)}".`,
    todo: 'Kiểm tra lại tên đăng nhập.',
  });
}

/** The account under which acts on somebody's roles stand in the log; the person when there is none. */
export async function accountOfPerson(tx: Tx, personId: string): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `select account_id as id from accounts where person_account_id = $1
     order by disabled_at is not null, created_at, account_id limit 1`,
    [personId],
  );
  return rows[0]?.id ?? personId;
}

/** The person who acts; `null` for the installation and for a closed account. */
export async function personOfActor(tx: Tx): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    'select person_account_id as id from accounts where account_id = $1 and disabled_at is null',
    [tx.actor.id],
  );
  return rows[0]?.id ?? null;
}

/**
 * Whoever changes somebody's roles waits for others who do: two answers are never given at once. Locks of
 * several people are taken in one order by everybody. Called before the roles are read, since a move of
 * offices may be changing them.
 */
export async function lockRolesOf(tx: Tx, ...personIds: readonly string[]): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared(${LOCKS.moves})`);
  for (const personId of [...new Set(personIds)].sort()) {
    await tx.query('select pg_advisory_xact_lock(7400022, hashtext($1))', [personId]);
  }
}

/** Does this person hold the role over these places within the days, in their own right or not? */
export async function isHeldIn(
  tx: Tx,
  personId: string,
  {
    role,
    scopeKey,
    validFrom,
    validTo,
  }: Pick<NewAssignment, 'role' | 'scopeKey' | 'validFrom' | 'validTo'>,
  alsoDelegated: boolean,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from role_assignments r where r.person_account_id = $1 and r.role = $2
       and r.scope_key = $3 and r.withdrawn_at is null and (r.delegated_from is null or $6)
       and (r.valid_to is null or r.valid_to >= $4) and ($5::date is null or r.valid_from <= $5)`,
    [personId, role, scopeKey, validFrom, validTo, alsoDelegated],
  );
  return rowCount > 0;
}

/** The reason as typed. @throws Problem `reason-missing` */
export function roleReason(text: string, example = 'chuyển công tác'): string {
  const reason = cutText(tidyText(text), 500);
  if (reason !== '') return reason;
  throw new Problem('usage', {
    code: 'reason-missing',
    what: 'Chưa ghi lý do.',
    todo: `Ghi một câu, ví dụ: ${example}.`,
  });
}
