import { scopeOfProvince } from '../../areas/index.js';
import { today } from '../../kernel/index.js';
import type { Store, Tx } from '../../store/index.js';
import { SYSTEM_ACTOR, audit, instanceOf, withActor } from '../../store/index.js';
import type { HouseholdOfCode } from './find-by-code.js';

/** One use of a household's data, as the household is told of it: an office and a role, no name. */
export interface DataUse {
  at: Date;
  /** The action's dotted name. */
  what: string;
  /** `null` = the installation itself. */
  office: string | null;
  /** Ids of the roles the person held; `null` = the installation, or from before roles were noted. */
  role: string | null;
  /** As typed where the entry is about this household alone: of a list or a file it may name another. */
  purpose: string | null;
}

const SHOWN = 300;

/**
 * Entries about the household, about the files its rows came with, and about the lists it stands on; of
 * the names for posting, where its own is posted (`postingOf`). Reading under an inspection is told once
 * the result of the inspection is public.
 */
const USES = `
  select e.recorded_at as at, e.action as what, o.name as office, e.role,
    case when e.subject_kind = 'household' then coalesce(e.purpose, e.reason) end as purpose
  from audit_entries e
  left join offices o on o.office_id = e.office_id
  left join inspections i on i.inspection_id = e.inspection_id
  where (e.subject_kind = 'household' and e.subject_id = $1
      or e.subject_kind = 'import' and e.action in ('import.commit', 'import.void')
        and e.subject_id in (select r.import_id::text from household_rounds r
          where r.book_id = $2 and r.household_id = $3 and r.import_id is not null)
      or e.subject_kind = 'list' and e.action like 'list.%'
        and e.subject_id in (select r.list_id::text from recognition_list_rows r
          where r.book_id = $2 and r.household_id = $3)
      or e.subject_kind = 'list' and e.action = 'list-names.export'
        and e.subject_id in (select r.list_id::text from recognition_list_rows r
          where r.book_id = $2 and r.household_id = $3
            and (r.status in ('poor', 'near_poor') or r.last_status in ('poor', 'near_poor'))))
    and (e.inspection_id is null or i.result_public_on <= $4)
  order by e.recorded_at desc, e.entry_id desc
  limit ${SHOWN + 1}`;

export interface DataUses {
  uses: DataUse[];
  hasMore: boolean;
}

/** Who used the data of this household, newest first. That the household asked is entered as well. */
export async function dataUses(store: Store, of: HouseholdOfCode): Promise<DataUses> {
  const { provinceCode } = await instanceOf(store);
  const reader = SYSTEM_ACTOR([scopeOfProvince(provinceCode)]);
  return withActor(store, reader, async (tx) => {
    const day = today(tx.clock);
    const { rows } = await tx.query<DataUse>(USES, [
      of.householdId,
      of.bookId,
      of.householdId,
      day,
    ]);
    await noteTheAsking(tx, of);
    // One import enters one act for each place: the household is told once.
    const seen = new Set<string>();
    const uses = rows.filter((row) => {
      const key = [row.at.getTime(), row.what, row.office, row.role].join();
      return !seen.has(key) && seen.add(key);
    });
    return { uses: uses.slice(0, SHOWN), hasMore: rows.length > SHOWN };
  });
}

const noteTheAsking = (tx: Tx, of: HouseholdOfCode): Promise<unknown> =>
  audit(tx, {
    action: 'household-code.read',
    subjectKind: 'household',
    subjectId: of.householdId,
    ...{ bookId: of.bookId, placeId: of.placeId },
    purpose: 'hộ tự tra cứu',
  });
