import type { PlainDate } from '../../kernel/index.js';
import { today } from '../../kernel/index.js';
import type { Actor, Permission, Tx } from '../../store/index.js';
import { scopesFor } from '../../store/index.js';
import { findRole } from '../roles.js';
import { isOver } from './assignments.js';
import { heldOn } from './held-on.js';
import { findOfficeKind, officeKinds } from './office-kinds.js';
import type { Office, OfficeRow } from './office.js';
import { OFFICE_COLUMNS, findOffice, officeNotFound, officeOf } from './office.js';
import { scopeText } from './scope-text.js';

/** An office in the list. */
export interface OfficeLine extends Office {
  kindLabel: string;
  level: 'province' | 'commune' | 'village';
  /** Of its unit, or of the commune of its village. */
  unitName: string | null;
  /** People who hold a role there on the day. */
  people: number;
}

/** Offices in which the actor holds a role. */
const ownOffices = (actor: Actor): string[] =>
  actor.grants === 'installation'
    ? []
    : [...new Set(actor.grants.flatMap(({ officeId }) => officeId ?? []))];

const LIST = `
  select ${OFFICE_COLUMNS}, u.name as "unitName",
    case when o.place_id is not null then 'village' else coalesce(u.level, 'province') end as level,
    (select count(distinct r.person_account_id)::integer from role_assignments r
     where r.office_id = o.office_id and r.delegated_from is null and ${heldOn('$1', '$2')}) as people
  from offices o
  left join units u on u.code = o.unit_code and u.valid_from = o.unit_valid_from
  where o.valid_from <= $1 and (o.valid_to is null or o.valid_to >= $1)
    and ('p:' || u.province_code = any ($3)
      or 'u:' || o.unit_code || '@' || o.unit_valid_from = any ($3)
      or o.place_id in (select s.place_id from place_scopes s where s.scope_key = any ($3))
      or o.office_id = any ($4::uuid[]))
  order by u.sort_key, o.name, o.office_id`;

/**
 * Offices in force on a day, as far as the actor answers for places: those of the province first. Who
 * holds the roles is no part of it.
 */
export async function listOffices(tx: Tx, on: PlainDate): Promise<OfficeLine[]> {
  const { rows } = await tx.query<OfficeRow & Pick<OfficeLine, 'level' | 'unitName' | 'people'>>(
    LIST,
    [on, tx.now, scopesFor(tx.actor, 'office:read'), ownOffices(tx.actor)],
  );
  const lines = rows.map(({ level, unitName, people, ...row }) => ({
    ...officeOf(row),
    ...{ level, unitName, people, kindLabel: findOfficeKind(row.kind)?.label ?? row.kind },
  }));
  return lines.sort((a, b) => RANK[a.level] - RANK[b.level] || rankInUnit(a, b));
}

const RANK = { province: 0, commune: 1, village: 2 };

/** Offices of one unit in the order of their kinds; units stay in their own. */
function rankInUnit(a: OfficeLine, b: OfficeLine): number {
  if (a.unit?.code !== b.unit?.code || !a.unit) return 0;
  const rank = ({ kind }: OfficeLine) => officeKinds().findIndex(({ id }) => id === kind);
  return rank(a) - rank(b);
}

/** Somebody who holds, held or will hold a role in an office. */
export interface Holder {
  assignmentId: string;
  /** `null` when the reader may not know names there. */
  name: string | null;
  role: string;
  roleLabel: string;
  /** "xã Quốc Khánh" */
  scope: string;
  validFrom: PlainDate;
  validTo: PlainDate | null;
  withdrawnAt: Date | null;
  /** On whose behalf, when the reader may know. */
  delegatedBy: string | null;
  isDelegation: boolean;
  endReason: string | null;
}

export interface OfficeView extends Office {
  kindLabel: string;
  unitName: string | null;
  parent: Named | null;
  children: readonly Named[];
  /** Today and later. */
  holders: readonly Holder[];
  past: readonly Holder[];
  /** Does the reader see who holds the roles? */
  hasNames: boolean;
}

export interface Named {
  officeId: string;
  name: string;
}

/**
 * One office with who holds what, from when to when. Names are told to its own people, to who runs the
 * accounts and to who may read the log of its places, where every name stands.
 * @throws Problem `office-not-found`, also for one outside the places the reader answers for
 */
export async function officeView(tx: Tx, officeId: string): Promise<OfficeView> {
  const { actor } = tx;
  const office = await findOffice(tx, officeId);
  const isOwn = ownOffices(actor).includes(officeId);
  if (!office || !(isOwn || (await isWithin(tx, officeId, ['office:read'])))) {
    throw officeNotFound();
  }
  const hasNames = isOwn || (await isWithin(tx, officeId, ['account:read', 'audit:read']));
  const now = today(tx.clock);
  const all = await holdersOf(tx, officeId, hasNames);
  return {
    ...office,
    ...{ hasNames, kindLabel: findOfficeKind(office.kind)?.label ?? office.kind },
    unitName: await unitNameOf(tx, office),
    parent: office.parentOfficeId ? await nameOf(tx, office.parentOfficeId) : null,
    children: await childrenOf(tx, officeId, now),
    holders: all.filter((one) => !isOver(one, now, tx.now)),
    past: all.filter((one) => isOver(one, now, tx.now)),
  };
}

/** Does the actor hold one of these permissions over the places of the office? */
async function isWithin(
  tx: Tx,
  officeId: string,
  permissions: readonly Permission[],
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from offices o
     left join units u on u.code = o.unit_code and u.valid_from = o.unit_valid_from
     where o.office_id = $1 and ('p:' || u.province_code = any ($2)
       or 'u:' || o.unit_code || '@' || o.unit_valid_from = any ($2)
       or o.place_id in (select s.place_id from place_scopes s where s.scope_key = any ($2)))`,
    [officeId, permissions.flatMap((one) => scopesFor(tx.actor, one))],
  );
  return rowCount > 0;
}

interface HolderRow extends Omit<Holder, 'name' | 'roleLabel' | 'scope'> {
  name: string;
  scopeKey: string;
}

async function holdersOf(tx: Tx, officeId: string, hasNames: boolean): Promise<Holder[]> {
  const { rows } = await tx.query<HolderRow>(
    `select r.assignment_id as "assignmentId", p.full_name as name, r.role,
       r.scope_key as "scopeKey", r.valid_from as "validFrom", r.valid_to as "validTo",
       r.withdrawn_at as "withdrawnAt", q.full_name as "delegatedBy",
       r.is_delegation as "isDelegation", r.end_reason as "endReason"
     from role_assignments r
     join people p on p.person_account_id = r.person_account_id
     left join role_assignments d on d.assignment_id = r.delegated_from
     left join people q on q.person_account_id = d.person_account_id
     where r.office_id = $1 order by r.valid_from, r.assignment_id`,
    [officeId],
  );
  const scopes = new Map<string, string>();
  for (const { scopeKey } of rows) {
    if (!scopes.has(scopeKey)) scopes.set(scopeKey, await scopeText(tx, scopeKey));
  }
  return rows.map(({ scopeKey, ...row }) => ({
    ...row,
    name: hasNames ? row.name : null,
    roleLabel: findRole(row.role)?.label ?? row.role,
    scope: scopes.get(scopeKey) ?? scopeKey,
    delegatedBy: hasNames ? row.delegatedBy : null,
    endReason: hasNames ? row.endReason : null,
  }));
}

async function unitNameOf(tx: Tx, { unit }: Office): Promise<string | null> {
  if (!unit) return null;
  const { rows } = await tx.query<{ name: string }>(
    'select name from units where code = $1 and valid_from = $2',
    [unit.code, unit.validFrom],
  );
  return rows[0]?.name ?? null;
}

async function nameOf(tx: Tx, officeId: string): Promise<Named | null> {
  const found = await findOffice(tx, officeId);
  return found && { officeId, name: found.name };
}

async function childrenOf(tx: Tx, officeId: string, on: PlainDate): Promise<Named[]> {
  const { rows } = await tx.query<Named>(
    `select office_id as "officeId", name from offices
     where parent_office_id = $1 and valid_from <= $2 and (valid_to is null or valid_to >= $2)
     order by kind <> 'sector_department', name, office_id`,
    [officeId, on],
  );
  return rows;
}
