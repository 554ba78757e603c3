import type { PlainDate } from '../../kernel/index.js';
import type { Unit } from '../../areas/index.js';
import { areaRegister } from '../../areas/index.js';
import type { HouseholdCell } from '../counts.js';
import type { Piece, TableRow } from './status-table.js';
import { hiddenCells, inOrderOfKeys } from './status-table.js';

/** In which unit a place lay in an era; `null` = in none for sure. */
export interface Stay {
  placeId: string;
  unitCode: string | null;
  era: number;
}

/** The province in all its boundaries, of which one table is decided. */
export interface Ground {
  eras: readonly PlainDate[];
  /** The era in which the round's reference date lies. */
  own: number;
  provinceCode: string;
}

export const unitRowId = (era: number, unitCode: string | null): string =>
  `${era}/${unitCode ?? '?'}`;
export const partRowId = (was: string | null, era: number, is: string | null): string =>
  `${was ?? '?'}>${unitRowId(era, is)}`;
export const classRowId = (areaClass: string): string => `class ${areaClass}`;

/** Households that every row holds together or not at all: no boundary and no class parts them. */
interface UnitPiece extends Piece {
  units: readonly (string | null)[];
  areaClass: string;
}

/**
 * What is hidden of a round's units in every set of boundaries, of the bridges between these, and of
 * the area classes of the province. A class is an attribute of whole villages, as a unit is: class II less
 * the communes shown in it would give back the one that is hidden. So all of it is one table.
 * @param cells counts by place and class (`place-and-class`)
 */
export function hiddenOfUnits(
  cells: readonly HouseholdCell[],
  stays: readonly Stay[],
  ground: Ground,
): Set<string> {
  const pieces = piecesOf(cells, stays, ground.eras.length);
  const rows = ground.eras.flatMap((date, era) => [
    ...rowsOfEra(pieces, date, era, ground.provinceCode),
    ...(era === ground.own ? [] : bridgeRows(pieces, ground.own, era)),
  ]);
  return hiddenCells(pieces, [...rows, ...classRows(pieces)]);
}

function piecesOf(
  cells: readonly HouseholdCell[],
  stays: readonly Stay[],
  eras: number,
): UnitPiece[] {
  const nowhere = new Array<null>(eras).fill(null);
  const unitsOfPlace = new Map<string, (string | null)[]>();
  for (const { placeId, era, unitCode } of stays) {
    const units = unitsOfPlace.get(placeId) ?? [...nowhere];
    units[era] = unitCode;
    unitsOfPlace.set(placeId, units);
  }
  const pieces = new Map<string, UnitPiece>();
  for (const { groupKey, status, households } of cells) {
    if (status === null) continue;
    const [placeId = '', areaClass = ''] = groupKey.split('/');
    const units = unitsOfPlace.get(placeId) ?? nowhere;
    const key = [...units, areaClass].join(' ');
    const piece = pieces.get(key) ?? { households: 0, poor: 0, nearPoor: 0, units, areaClass };
    piece.households += households;
    if (status === 'poor') piece.poor += households;
    if (status === 'near_poor') piece.nearPoor += households;
    pieces.set(key, piece);
  }
  return inOrderOfKeys(pieces).map(([, piece]) => piece);
}

/** Communes, districts while there were any, places without a sure unit, and the province. */
function rowsOfEra(
  pieces: readonly UnitPiece[],
  date: PlainDate,
  era: number,
  provinceCode: string,
): TableRow[] {
  const byUnit = indexesBy(pieces, ({ units }) => units[era] ?? null);
  const communes = [...byUnit].map(([unit, indexes]): TableRow => {
    return { id: unitRowId(era, unit), pieces: indexes, isTotal: false };
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
    { id: unitRowId(era, provinceCode), pieces: everything, isTotal: true },
  ];
}

/** What each unit of the round's day gave to each unit of another era. */
function bridgeRows(pieces: readonly UnitPiece[], own: number, era: number): TableRow[] {
  const byPart = indexesBy(pieces, ({ units }) =>
    partRowId(units[own] ?? null, era, units[era] ?? null),
  );
  return [...byPart].map(([id, indexes]): TableRow => {
    return { id, pieces: indexes, isTotal: false, isPart: true };
  });
}

/** The province by area class: it is given up after the units, of which there are many more. */
function classRows(pieces: readonly UnitPiece[]): TableRow[] {
  const byClass = indexesBy(pieces, ({ areaClass }) => classRowId(areaClass));
  return [...byClass].map(([id, indexes]): TableRow => {
    return { id, pieces: indexes, isTotal: false, isClass: true };
  });
}

function indexesBy<K>(
  pieces: readonly UnitPiece[],
  keyOf: (piece: UnitPiece) => K,
): Map<K, number[]> {
  const found = new Map<K, number[]>();
  pieces.forEach((piece, index) => {
    const key = keyOf(piece);
    const known = found.get(key);
    if (known) known.push(index);
    else found.set(key, [index]);
  });
  return found;
}

function districtRow(
  district: Unit,
  date: PlainDate,
  era: number,
  byUnit: ReadonlyMap<string | null, number[]>,
): TableRow {
  const communes = areaRegister().children(district.code, date);
  const pieces = communes.flatMap((commune) => byUnit.get(commune.code) ?? []);
  return { id: unitRowId(era, district.code), pieces, isTotal: false };
}
