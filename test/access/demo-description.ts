import type pg from 'pg';

/**
 * What the oracle knows of the demonstration: where each household is and was, and which scopes cover a
 * place. Read behind row security from the stays of places, never from the closure it compares.
 */
export interface DemoIs {
  /** Scope keys that cover a place. */
  scopesOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** Places a household is or was at in any round; the first is where it is now. */
  placesOf: ReadonlyMap<string, readonly string[]>;
  households: readonly { id: string; place: string; head: string | null }[];
  communes: readonly string[];
  villages: readonly string[];
}

const STAYS = `
  select p.place_id as place, p.province_code as province, p.kind, s.unit_code as code,
    s.unit_valid_from::text as "from", u.parent_code as "parentCode",
    u.parent_valid_from::text as "parentFrom", d.level as "parentLevel"
  from places p
  left join place_units s on s.place_id = p.place_id
  left join units u on u.code = s.unit_code and u.valid_from = s.unit_valid_from
  left join units d on d.code = u.parent_code and d.valid_from = u.parent_valid_from`;

interface Stay {
  place: string;
  province: string;
  kind: string;
  code: string | null;
  from: string | null;
  parentCode: string | null;
  parentFrom: string | null;
  parentLevel: string | null;
}

export async function describeDemo(client: pg.Client): Promise<DemoIs> {
  const stays = (await client.query<Stay>(STAYS)).rows;
  const scopes = new Map<string, Set<string>>();
  for (const stay of stays) {
    const own = scopes.get(stay.place) ?? new Set([`p:${stay.province}`, `v:${stay.place}`]);
    scopes.set(stay.place, own);
    if (stay.code !== null) own.add(`u:${stay.code}@${stay.from}`);
    if (stay.parentLevel === 'district') own.add(`u:${stay.parentCode}@${stay.parentFrom}`);
  }
  const { rows } = await client.query<{
    id: string;
    place: string;
    head: string | null;
    all: string[];
  }>(
    `select h.household_id as id, h.place_id::text as place,
       (select r.head_name from household_rounds r where r.book_id = h.book_id
          and r.household_id = h.household_id order by r.round desc limit 1) as head,
       array(select distinct r.place_id::text from household_rounds r where r.book_id = h.book_id
          and r.household_id = h.household_id) as all
     from households h order by h.household_id`,
  );
  const communes = new Set(stays.flatMap(({ code, from }) => (code ? [`u:${code}@${from}`] : [])));
  return {
    scopesOf: scopes,
    placesOf: new Map(rows.map(({ id, place, all }) => [id, [place, ...all]])),
    households: rows,
    communes: [...communes].sort(),
    villages: [
      ...new Set(stays.filter(({ kind }) => kind === 'village').map((s) => s.place)),
    ].sort(),
  };
}
