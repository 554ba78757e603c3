import type { PlainDate } from '../../kernel/index.js';
import type { Unit } from '../../areas/index.js';
import { areaRegister } from '../../areas/index.js';
import type { Store } from '../../store/index.js';
import { withActor } from '../../store/index.js';
import { cached } from '../cache.js';
import type { HouseholdCell } from '../counts.js';
import { readCounts } from '../counts.js';
import { readInstance, requireRound } from '../instance.js';
import type { Basis } from '../types.js';
import { boundaryEras, eraOf } from './eras.js';
import type { Piece, StatusColumn, TableRow } from './status-table.js';
import { cellId, hiddenCells } from './status-table.js';

/** Answers whether a cell of a unit may be shown; `unitCode` null = places without a sure unit. */
export type IsHidden = (unitCode: string | null, date: PlainDate, column: StatusColumn) => boolean;

/** The same for what lay in one unit on the round's day and lies in another on `date`. */
export type IsPartHidden = (
  was: string | null,
  is: string | null,
  date: PlainDate,
  column: StatusColumn,
) => boolean;

interface Stay {
  placeId: string;
  unitCode: string | null;
  era: number;
}

/**
 * What is hidden of a round's units. Every set of boundaries in which the public can ask for the
 * round is one table of the same households, so all of them are decided together: a new commune never
 * gives back what an old one hides.
 */
export async function hiddenUnits(store: Store, round: number, basis: Basis): Promise<IsHidden> {
  const { eras, hidden } = await hiddenRows(store, round, basis);
  return (unitCode, date, column) => hidden.has(cellId(rowId(eraOf(eras, date), unitCode), column));
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
    const id = era === own ? rowId(own, was) : partId(was, era, is);
    return hidden.has(cellId(id, column));
  };
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
      by: 'place',
      knownAt: null,
    });
    const stays = await readStays(store, eras);
    const own = eraOf(eras, referenceDate);
    const hidden = hiddenOf(counts.cells, stays, { eras, own }, instance.provinceCode);
    return { eras, own, hidden };
  });
}

const rowId = (era: number, unitCode: string | null): string => `${era}/${unitCode ?? '?'}`;
const partId = (was: string | null, era: number, is: string | null): string =>
  `${was ?? '?'}>${rowId(era, is)}`;

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

function hiddenOf(
  cells: readonly HouseholdCell[],
  stays: readonly Stay[],
  { eras, own }: Pick<HiddenRows, 'eras' | 'own'>,
  provinceCode: string,
): Set<string> {
  const unitsOfPlace = new Map<string, (string | null)[]>();
  for (const { placeId, era, unitCode } of stays) {
    const units = unitsOfPlace.get(placeId) ?? eras.map(() => null);
    units[era] = unitCode;
    unitsOfPlace.set(placeId, units);
  }
  const pieces = new Map<string, { piece: Piece; units: readonly (string | null)[] }>();
  for (const cell of cells) {
    if (cell.status === null) continue;
    const units = unitsOfPlace.get(cell.groupKey) ?? eras.map(() => null);
    const key = units.join(' ');
    const entry = pieces.get(key) ?? { piece: { households: 0, poor: 0, nearPoor: 0 }, units };
    entry.piece.households += cell.households;
    if (cell.status === 'poor') entry.piece.poor += cell.households;
    if (cell.status === 'near_poor') entry.piece.nearPoor += cell.households;
    pieces.set(key, entry);
  }
  const all = [...pieces.values()];
  const rows = eras.flatMap((date, era) => [
    ...rowsOfEra(all, date, era, provinceCode),
    ...(era === own ? [] : bridgeRows(all, own, era)),
  ]);
  return hiddenCells(
    all.map(({ piece }) => piece),
    rows,
  );
}

/** Communes, districts while there were any, places without a sure unit, and the province. */
function rowsOfEra(
  pieces: readonly { units: readonly (string | null)[] }[],
  date: PlainDate,
  era: number,
  provinceCode: string,
): TableRow[] {
  const byUnit = new Map<string | null, number[]>();
  pieces.forEach(({ units }, index) => {
    const unit = units[era] ?? null;
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), index]);
  });
  const communes = [...byUnit].map(([unit, indexes]): TableRow => {
    return { id: rowId(era, unit), pieces: indexes, isTotal: false };
  });
  const register = areaRegister();
  const districts = register
    .children(provinceCode, date)
    .filter((unit) => unit.level === 'district')
    .map((unit) => districtRow(unit, date, era, byUnit));
  const everything = pieces.map((_, index) => index);
  return [
    ...communes,
    ...districts,
    { id: rowId(era, provinceCode), pieces: everything, isTotal: true },
  ];
}

/** What each unit of the round's day gave to each unit of another era. */
function bridgeRows(
  pieces: readonly { units: readonly (string | null)[] }[],
  own: number,
  era: number,
): TableRow[] {
  const byPart = new Map<string, number[]>();
  pieces.forEach(({ units }, index) => {
    const id = partId(units[own] ?? null, era, units[era] ?? null);
    byPart.set(id, [...(byPart.get(id) ?? []), index]);
  });
  return [...byPart].map(([id, indexes]): TableRow => {
    return { id, pieces: indexes, isTotal: false, isPart: true };
  });
}

function districtRow(
  district: Unit,
  date: PlainDate,
  era: number,
  byUnit: ReadonlyMap<string | null, number[]>,
): TableRow {
  const communes = areaRegister().children(district.code, date);
  const pieces = communes.flatMap((commune) => byUnit.get(commune.code) ?? []);
  return { id: rowId(era, district.code), pieces, isTotal: false };
}
