import { scopeOfProvince } from '../areas/index.js';
import { SYSTEM_ACTOR, canonicalJson, instanceOf, sha256, withActor } from '../store/index.js';
import type { Store } from '../store/index.js';

interface Counted {
  round: number;
  what: string;
  number: number;
}

/**
 * Rows are appended, never changed or deleted (the server's role has no right to): of two moments with
 * equally many rows, both saw the same ones. The ground can change in place, so its text is read.
 */
const COUNTS = `
  select round, 'rows' as what, sum(households) filter (where households > 0) as number
  from round_tallies group by round
  union all
  select round, 'endings', -sum(households) filter (where households < 0)
  from round_tallies group by round
  union all
  select round, 'earlier', count(*) from earlier_statuses group by round
  union all
  select round, 'decisions', count(*) from recognition_decisions group by round
  union all
  select round, 'round', 1 from review_rounds
  order by round, what`;

const GROUND = `
  select
    (select md5(coalesce(string_agg(concat_ws(' ', place_id, unit_code, unit_valid_from, valid_from,
        coalesce(valid_to::text, '-'), is_certain), ';'
        order by place_id, unit_code, unit_valid_from, valid_from), ''))
      from place_units) as units,
    (select count(*) from place_scopes where scope_key = $1) as scoped`;

/**
 * What the figures of each round are counted from, as one text a round: equal texts give equal
 * figures. A round also depends on every earlier one (re-poor, change, flows), so its text covers them.
 */
export async function figureInputs(store: Store): Promise<Map<number, string>> {
  const { kind, provinceCode } = await instanceOf(store);
  const scope = scopeOfProvince(provinceCode);
  return withActor(
    store,
    SYSTEM_ACTOR([scope]),
    async (tx) => {
      const counts = (await tx.query<Counted>(COUNTS)).rows;
      const ground = (await tx.query(GROUND, [scope])).rows[0];
      const rounds = counts.filter(({ what }) => what === 'round').map(({ round }) => round);
      const inputs = new Map<number, string>();
      for (const round of rounds) {
        const upTo = counts.filter((one) => one.round <= round);
        const text = canonicalJson({ kind, provinceCode, ground, upTo });
        inputs.set(round, sha256(text).toString('hex'));
      }
      return inputs;
    },
    { readOnly: true },
  );
}
