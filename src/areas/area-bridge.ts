import type { PlainDate } from '../kernel/index.js';
import type { Tx } from '../store/index.js';
import { placeUnitsAt } from './roll-up.js';
import type { UnitKey } from './unit.js';

/** What went from one unit to another; `null` = place not known or not certain that day. */
export interface AreaBridgeLine {
  was: UnitKey | null;
  is: UnitKey | null;
  places: number;
  households: number;
  poor: number;
  nearPoor: number;
}

/**
 * The bridge between two boundary dates to the last household: every row of `source` is in exactly
 * one line, so the lines add up to the rows by either side.
 * @param source SQL text of a relation with columns `place_id` and `status` (a poverty status), one
 *   row per household; may use parameters from `$3` on
 * @param params values of `$3`, `$4` …
 */
export async function areaBridge(
  tx: Tx,
  was: PlainDate,
  is: PlainDate,
  source: string,
  params: readonly unknown[] = [],
): Promise<AreaBridgeLine[]> {
  const { rows } = await tx.query<BridgeRow>(
    `select w.unit_code as was_code, w.unit_valid_from as was_from, i.unit_code as is_code,
       i.unit_valid_from as is_from, count(distinct s.place_id)::integer as places,
       count(*)::integer as households,
       (count(*) filter (where s.status = 'poor'))::integer as poor,
       (count(*) filter (where s.status = 'near_poor'))::integer as near_poor
     from (${source}) s
     left join ${placeUnitsAt('$1::date')} w on w.place_id = s.place_id
     left join ${placeUnitsAt('$2::date')} i on i.place_id = s.place_id
     group by 1, 2, 3, 4
     order by 1 nulls last, 2, 3 nulls last, 4`,
    [was, is, ...params],
  );
  return rows.map((row) => ({
    was: unitKey(row.was_code, row.was_from),
    is: unitKey(row.is_code, row.is_from),
    places: row.places,
    households: row.households,
    poor: row.poor,
    nearPoor: row.near_poor,
  }));
}

interface BridgeRow {
  was_code: string | null;
  was_from: PlainDate | null;
  is_code: string | null;
  is_from: PlainDate | null;
  places: number;
  households: number;
  poor: number;
  near_poor: number;
}

const unitKey = (code: string | null, validFrom: PlainDate | null): UnitKey | null =>
  code === null || validFrom === null ? null : { code, validFrom };
