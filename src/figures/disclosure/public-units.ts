import type { PlainDate } from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import { withActor } from '../../store/index.js';
import { cached } from '../cache.js';
import { readCounts } from '../counts.js';
import { readInstance, requireRound } from '../instance.js';
import type { Basis } from '../types.js';
import { boundaryEras, eraOf } from './eras.js';
import type { StatusColumn } from './status-table.js';
import { cellId } from './status-table.js';
import type { Stay } from './unit-table.js';
import { classRowId, hiddenOfUnits, partRowId, unitRowId } from './unit-table.js';

/** Answers whether a cell of a unit may be shown; `unitCode` null = places without a sure unit. */
export type IsHidden = (unitCode: string | null, date: PlainDate, column: StatusColumn) => boolean;

/** The same for what lay in one unit on the round's day and lies in another on `date`. */
export type IsPartHidden = (
  was: string | null,
  is: string | null,
  date: PlainDate,
  column: StatusColumn,
) => boolean;

/**
 * What is hidden of a round's units. Every set of boundaries in which the public can ask for the
 * round is one table of the same households, so all of them are decided together: a new commune never
 * gives back what an old one hides.
 */
export async function hiddenUnits(store: Store, round: number, basis: Basis): Promise<IsHidden> {
  const { eras, hidden } = await hiddenRows(store, round, basis);
  return (unitCode, date, column) =>
    hidden.has(cellId(unitRowId(eraOf(eras, date), unitCode), column));
}

/** What is hidden of the bridges between the round's own boundaries and later or earlier ones. */
export async function hiddenParts(
  store: Store,
  round: number,
  basis: Basis,
): Promise<IsPartHidden> {
  const { eras, hidden, own } = await hiddenRows(store, round, basis);
  return (was, is, date, column) => {
    const era = eraOf(eras, date);
    const id = era === own ? unitRowId(own, was) : partRowId(was, era, is);
    return hidden.has(cellId(id, column));
  };
}

/** What is hidden of the province by area class: decided with the units, see `hiddenOfUnits`. */
export async function hiddenClasses(
  store: Store,
  round: number,
  basis: Basis,
): Promise<(areaClass: string, column: StatusColumn) => boolean> {
  const { hidden } = await hiddenRows(store, round, basis);
  return (areaClass, column) => hidden.has(cellId(classRowId(areaClass), column));
}

interface HiddenRows {
  eras: readonly PlainDate[];
  /** The era in which the round's reference date lies. */
  own: number;
  hidden: ReadonlySet<string>;
}

function hiddenRows(store: Store, round: number, basis: Basis): Promise<HiddenRows> {
  return cached(store, `hidden units ${round} ${basis}`, async () => {
    const instance = await readInstance(store);
    const { referenceDate } = requireRound(instance, round);
    const eras = boundaryEras(instance.provinceCode);
    const counts = await readCounts(store, {
      round,
      boundaries: referenceDate,
      referenceDate,
      basis,
      by: 'place-and-class',
      knownAt: null,
    });
    const stays = await cached(store, `stays ${eras.join(' ')}`, () => readStays(store, eras));
    const own = eraOf(eras, referenceDate);
    const ground = { eras, own, provinceCode: instance.provinceCode };
    const hidden = hiddenOfUnits(counts.cells, stays, ground);
    return { eras, own, hidden };
  });
}

async function readStays(store: Store, eras: readonly PlainDate[]): Promise<Stay[]> {
  const { counter } = await readInstance(store);
  return withActor(
    store,
    counter,
    async (tx) => {
      const { rows } = await tx.query<Stay>(
        `select pu.place_id as "placeId", e.era - 1 as era,
           case when count(*) = 1 and bool_and(pu.is_certain) then min(pu.unit_code) end
             as "unitCode"
         from unnest($1::date[]) with ordinality as e (boundary_date, era)
         join place_units pu
           on pu.valid_from <= e.boundary_date
           and (pu.valid_to is null or pu.valid_to >= e.boundary_date)
         group by pu.place_id, e.era`,
        [eras],
      );
      return rows;
    },
    { readOnly: true },
  );
}
