/** An entry as it is shown: with the names behind its ids. */
export interface EntryLine {
  entryId: string;
  stream: string;
  seq: number | string;
  at: Date;
  actorId: string;
  /** `null` = the installation itself, or an account that is not known. */
  actorName: string | null;
  /** Ids of roles, several for a reader who holds several: `inspector`, `commune_officer,supervisor`. */
  role: string | null;
  officeName: string | null;
  /** Whose role it was done by, when that was handed over (ủy quyền). */
  behalfName: string | null;
  device: string | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  /** Whose account it was about. */
  subjectName: string | null;
  /** "xã Quốc Khánh, đợt 2025", of the list it was about. */
  listName: string | null;
  placeName: string | null;
  baseVersion: string | null;
  reason: string | null;
  purpose: string | null;
  /** The decision under which it was read. */
  inspection: string | null;
  payload: unknown;
  isRedacted: boolean;
  /** Of the import an act belongs to. */
  fileName: string | null;
}

/** `select … from …`, to be followed by a `where` on `e`. */
export const SELECT_ENTRY = `
  select e.entry_id as "entryId", e.stream, e.seq, e.recorded_at as at, e.actor_id as "actorId",
    p.full_name as "actorName", e.role, o.name as "officeName",
    b.full_name as "behalfName", e.device, e.action,
    e.subject_kind as "subjectKind", e.subject_id as "subjectId",
    sp.full_name as "subjectName", lu.name || ', đợt ' || l.round as "listName",
    case pl.kind when 'village' then pl.name end as "placeName", e.base_version as "baseVersion",
    e.reason, e.purpose, n.decision_number as inspection, e.payload,
    e.payload is null as "isRedacted", i.file_name as "fileName"
  from audit_entries e
  left join accounts a on a.account_id = e.actor_id
  left join people p on p.person_account_id = a.person_account_id
  left join offices o on o.office_id = e.office_id
  left join people b on b.person_account_id = e.on_behalf_of
  left join places pl on pl.place_id = e.place_id
  left join inspections n on n.inspection_id = e.inspection_id
  left join accounts sa on e.subject_kind = 'account' and sa.account_id::text = e.subject_id
  left join people sp on sp.person_account_id = sa.person_account_id
  left join recognition_lists l on e.subject_kind = 'list' and l.list_id::text = e.subject_id
  left join units lu on lu.code = l.unit_code and lu.valid_from = l.unit_valid_from
  left join imports i on e.subject_kind = 'import' and i.import_id::text = e.subject_id`;
