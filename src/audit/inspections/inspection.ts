import type { PlainDate } from '../../kernel/index.js';
import { Problem } from '../../kernel/index.js';
import type { Actor, Store, Tx } from '../../store/index.js';
import { inspectedBy, withActor } from '../../store/index.js';

/** A decision to inspect, and how far it has come. */
export interface Inspection {
  inspectionId: string;
  title: string;
  decisionNumber: string;
  decisionDate: PlainDate;
  signer: string;
  officeName: string | null;
  openedOn: PlainDate;
  closedOn: PlainDate | null;
  resultNumber: string | null;
  resultPublicOn: PlainDate | null;
  members: string[];
  /** The actor looks under it now. */
  isJoined: boolean;
  /** The actor inspects over all the places it is about: may join, close it, make its result public. */
  isWithinReach: boolean;
}

const SELECT = `
  select n.inspection_id as "inspectionId", n.title, n.decision_number as "decisionNumber",
    n.decision_date as "decisionDate", n.signer, o.name as "officeName", n.opened_on as "openedOn",
    n.closed_on as "closedOn", n.result_number as "resultNumber",
    n.result_public_on as "resultPublicOn",
    coalesce((select array_agg(p.full_name order by m.joined_at)
      from inspection_members m
      join accounts a on a.account_id = m.account_id
      join people p on p.person_account_id = a.person_account_id
      where m.inspection_id = n.inspection_id and m.left_at is null), '{}') as members,
    exists (select from inspection_members m where m.inspection_id = n.inspection_id
      and m.account_id = $1 and m.left_at is null) as "isJoined",
    (select 'p:' || i.province_code from instance i) = any ($2::text[])
      or (cardinality(n.scope_keys) > 0 and n.scope_keys <@ $2::text[]) as "isWithinReach"
  from inspections n left join offices o on o.office_id = n.office_id`;

/** As the policies of the tables judge it: by where the actor inspects, not by where they read the log. */
const askedBy = ({ actor, permission }: Tx): unknown[] => [
  actor.id,
  inspectedBy(actor, permission),
];

/** Inspections that the actor may know of, open ones first. */
export async function listInspections(tx: Tx): Promise<Inspection[]> {
  const { rows } = await tx.query<Inspection>(
    `${SELECT} order by n.closed_on is not null, n.opened_on desc, n.inspection_id desc limit 200`,
    askedBy(tx),
  );
  return rows;
}

/** @throws Problem `inspection-not-found` */
export async function findInspection(tx: Tx, inspectionId: string): Promise<Inspection> {
  const { rows } = await tx.query<Inspection>(`${SELECT} where n.inspection_id = $3`, [
    ...askedBy(tx),
    inspectionId,
  ]);
  if (rows[0]) return rows[0];
  throw new Problem('not-found', {
    code: 'inspection-not-found',
    what: 'Không có cuộc thanh tra, kiểm tra này.',
    todo: 'Mở lại danh sách ở trang Thanh tra, kiểm tra.',
  });
}

const CURRENT = `
  select n.inspection_id as id
  from inspection_members m join inspections n on n.inspection_id = m.inspection_id
  where m.account_id = $1 and m.left_at is null and n.closed_on is null
  order by m.joined_at desc, m.inspection_id desc limit 1`;

/** The open inspection that somebody looks under now: the one joined last; `null` = none. */
export function inspectionOf(store: Store, actor: Actor): Promise<string | null> {
  return withActor(
    store,
    actor,
    async (tx) => {
      const { rows } = await tx.query<{ id: string }>(CURRENT, [actor.id]);
      return rows[0]?.id ?? null;
    },
    { readOnly: true },
  );
}
