import type { PlainDate } from '../kernel/index.js';
import type { Tx } from '../store/index.js';

/** One of the villages of one name in one commune on a day. */
export interface Namesake {
  placeId: string;
  /** The units it came from, the last one first: "xã Tri Phương". */
  origins: readonly string[];
}

const inForce = (stay: string) =>
  `${stay}.is_certain and ${stay}.valid_from <= $2::date
     and (${stay}.valid_to is null or ${stay}.valid_to >= $2::date)`;

const NAMESAKES = `
  select distinct q.place_id as "placeId",
    s.unit_code || '@' || s.unit_valid_from || ' ' || q.sort_key as among, f.origins
  from places p
  join place_units s on s.place_id = p.place_id and ${inForce('s')}
  join place_units t on t.unit_code = s.unit_code and t.unit_valid_from = s.unit_valid_from
    and ${inForce('t')}
  join places q on q.place_id = t.place_id and q.kind = 'village' and q.sort_key = p.sort_key
  left join lateral (
    select coalesce(array_agg(
      lower(u.kind) || substr(u.name, length(u.kind) + 1) order by o.valid_to desc), '{}') as origins
    from place_units o
    join units u on u.code = o.unit_code and u.valid_from = o.unit_valid_from
    where o.place_id = t.place_id and o.is_certain and o.valid_to < t.valid_from
  ) f on true
  where p.place_id = any ($1::uuid[]) and p.kind = 'village'`;

/**
 * Where several villages of a commune have one name, what tells these apart: "xã Tri Phương cũ", or the
 * end of the code where that does not. A village that is alone with its name has no words here.
 */
export async function namesakeWords(
  tx: Tx,
  placeIds: readonly string[],
  on: PlainDate,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(placeIds)];
  if (ids.length === 0) return new Map();
  const { rows } = await tx.query<Namesake & { among: string }>(NAMESAKES, [ids, on]);
  const alike = new Map<string, Namesake[]>();
  for (const row of rows) alike.set(row.among, [...(alike.get(row.among) ?? []), row]);
  return new Map([...alike.values()].flatMap(wordsFor));
}

/** Words for each of them; none where there is only one. */
export function wordsFor(alike: readonly Namesake[]): [string, string][] {
  if (alike.length < 2) return [];
  const last = alike.map(({ origins }) => origins[0]);
  // Two that came from one commune may have come there from two.
  const found = alike.map(({ origins }, i) => (isOne(last, i) ? last[i] : origins.at(-1)));
  return alike.map(({ placeId }, i) => {
    const origin = found[i];
    const isTelling = origin !== undefined && isOne(found, i);
    return [placeId, isTelling ? `${origin} cũ` : `mã …${placeId.slice(-6)}`];
  });
}

/** Does no other have the same? */
const isOne = (all: readonly unknown[], at: number): boolean =>
  all.every((one, i) => i === at || one !== all[at]);

/** "Thôn Mẫu 01 (xã Tri Phương cũ)", or the bare name. */
export const withWords = (name: string, words: string | undefined): string =>
  words === undefined ? name : `${name} (${words})`;
