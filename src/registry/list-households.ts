import type { PlainDate, PovertyStatus } from '../kernel/index.js';
import { Problem, newId, nameKey, withoutDiacritics } from '../kernel/index.js';
import { namesakeWords, placeUnitsAt, withWords } from '../areas/index.js';
import { audit } from '../store/index.js';
import type { Tx } from '../store/index.js';

/** A household in a list: enough to recognise it and to open it. */
export interface HouseholdLine {
  householdId: string;
  headName: string | null;
  fieldCode: string | null;
  /** With what tells it from a namesake in its commune; `null` = the village is not known. */
  villageName: string | null;
  unitName: string | null;
  members: number | null;
  /** The recognised status, else the proposed one. */
  status: PovertyStatus | null;
  isRecognised: boolean;
}

export interface HouseholdQuery {
  round: number;
  status?: PovertyStatus;
  /** A part of the head's name; case and placement of tones do not matter, nor marks if it has none. */
  name?: string;
  /** Only these households (those behind a cell of a form), at most a few thousand. */
  only?: readonly { bookId: string; householdId: string }[];
  /** What `only` stands for, for the log: form, column, area. */
  behind?: Readonly<Record<string, unknown>>;
  /** 1-based. */
  page: number;
}

export interface HouseholdPage {
  rows: HouseholdLine[];
  hasMore: boolean;
}

const PAGE_SIZE = 50;

/** A name key as `withoutDiacritics` writes it, for a search typed without marks. */
const PLAIN_NAME = `
  replace(regexp_replace(normalize(r.head_name_key, NFD), '[\\u0300-\\u036f]', '', 'g'), 'đ', 'd')`;

const list = (name: string) => `
  select r.household_id as "householdId", r.place_id as "placeId", r.head_name as "headName",
    r.field_code as "fieldCode", case when p.kind = 'village' then p.name end as "villageName", u.name as "unitName", r.members,
    coalesce(r.recognised_status, r.proposed_status) as status,
    r.recognised_status is not null as "isRecognised"
  from current_household_rounds r
  join places p on p.place_id = r.place_id
  left join ${placeUnitsAt('$2::date')} pu on pu.place_id = r.place_id
  left join units u on u.code = pu.unit_code and u.valid_from = pu.unit_valid_from
  where r.round = $1
    and ($3::text is null
      or coalesce(r.recognised_status, r.proposed_status)::text = $3)
    and ($4::text is null or strpos(${name}, $4) > 0)
    and ($5::uuid[] is null
      or (r.book_id, r.household_id) in (select * from unnest($5::uuid[], $6::uuid[])))
  order by u.sort_key nulls last, p.sort_key, p.place_id, r.head_name_key, r.row_id
  limit ${PAGE_SIZE + 1} offset $7`;

/**
 * Households of a round within the actor's scope, by commune, village and name. The search itself is
 * entered in the audit log, so the transaction must be able to write.
 */
export async function listHouseholds(tx: Tx, query: HouseholdQuery): Promise<HouseholdPage> {
  const { round, status, name, only, behind, page } = query;
  const key = name ? nameKey(name) : null;
  const isPlain = key !== null && key === withoutDiacritics(key);
  const text = list(isPlain ? PLAIN_NAME : 'r.head_name_key');
  const day = await referenceDate(tx, round);
  const { rows } = await tx.query<HouseholdLine & { placeId: string }>(text, [
    ...[round, day],
    status ?? null,
    key,
    only?.map((one) => one.bookId) ?? null,
    only?.map((one) => one.householdId) ?? null,
    (page - 1) * PAGE_SIZE,
  ]);
  const payload = {
    ...{ round, page },
    ...(status && { status }),
    ...(name && { name }),
    ...(behind && { behind }),
  };
  await audit(tx, {
    action: 'household.search',
    subjectKind: 'search',
    subjectId: newId(tx.clock),
    about: [...new Set(rows.map(({ placeId }) => placeId))],
    payload,
  });
  const words = await namesakeWords(
    tx,
    rows.map(({ placeId }) => placeId),
    day,
  );
  const shown = rows.slice(0, PAGE_SIZE).map((row) => ({
    ...row,
    villageName: row.villageName && withWords(row.villageName, words.get(row.placeId)),
  }));
  return { rows: shown, hasMore: rows.length > PAGE_SIZE };
}

async function referenceDate(tx: Tx, round: number): Promise<PlainDate> {
  const { rows } = await tx.query<{ day: PlainDate }>(
    'select reference_date as day from review_rounds where round = $1',
    [round],
  );
  const day = rows[0]?.day;
  if (day) return day;
  throw new Problem('not-found', {
    code: 'round-missing',
    what: `Chưa có đợt rà soát năm ${round} trong sổ.`,
  });
}
