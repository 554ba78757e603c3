import { today } from '../../kernel/index.js';
import type { Tx } from '../../store/index.js';
import { findRole, roles as allRoles } from '../roles.js';
import { heldOn } from './held-on.js';
import { findOffice } from './office.js';
import { findOfficeKind } from './office-kinds.js';

/** Somebody who holds a role of their own in an office today. */
export interface Colleague {
  accountId: string;
  personId: string;
  name: string;
  /** "cán bộ cấp xã" */
  roles: string;
}

/**
 * People of an office who have an account, without the person who asks. Whoever holds nothing there but a
 * role of another kind of office (entered before offices had kinds) is no colleague, nor is one to whom
 * nothing may be handed.
 */
export async function colleaguesIn(
  tx: Tx,
  officeId: string,
  without: string,
): Promise<Colleague[]> {
  const kind = (await findOffice(tx, officeId))?.kind ?? '';
  const { rows } = await tx.query<Omit<Colleague, 'roles'> & { roles: string[] }>(
    `select a.account_id as "accountId", p.person_account_id as "personId", p.full_name as name,
       array_agg(distinct r.role) as roles
     from role_assignments r
     join people p on p.person_account_id = r.person_account_id
     join accounts a on a.person_account_id = p.person_account_id and a.disabled_at is null
     where r.office_id = $1 and r.person_account_id <> $2 and r.delegated_from is null
       and r.role = any ($5) and ${heldOn('$3', '$4')}
       and not exists (select from role_assignments x
         where x.person_account_id = r.person_account_id and x.role = any ($6)
           and x.valid_from <= $3 and (x.valid_to is null or x.valid_to >= $3)
           and x.withdrawn_at is null)
     group by a.account_id, p.person_account_id, p.full_name
     order by p.full_name, a.account_id`,
    [
      ...[officeId, without, today(tx.clock), tx.now, findOfficeKind(kind)?.roles ?? []],
      allRoles().flatMap(({ id, receives }) => (receives ? [] : [id])),
    ],
  );
  return rows.map(({ roles, ...rest }) => ({
    ...rest,
    roles: roles.map((role) => findRole(role)?.label ?? role).join(', '),
  }));
}

/** Names of people by their ids, for whoever plans where their roles go. */
export async function peopleNamed(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await tx.query<{ id: string; name: string }>(
    `select person_account_id as id, full_name as name from people
     where person_account_id = any ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
