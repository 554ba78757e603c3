import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ExactSpan } from '../../../test/support/exact-span.js';
import { areaRegister } from '../../areas/index.js';
import type { PlainDate } from '../../kernel/index.js';
import type { HouseholdCell } from '../counts.js';
import type { Stay } from './unit-table.js';
import { classRowId, hiddenOfUnits, partRowId, unitRowId } from './unit-table.js';
import type { Piece } from './status-table.js';
import { hiddenCells } from './status-table.js';

const PROVINCE = '20';
const ERAS = ['2024-12-01', '2025-07-01'] as PlainDate[];
const GROUND = { eras: ERAS, own: 0, provinceCode: PROVINCE };
const register = areaRegister();
const districts = register.children(PROVINCE, ERAS[0]!).slice(0, 2);
const communesOf = new Map(
  districts.map((district) => [
    district.code,
    register.children(district.code, ERAS[0]!).map((unit) => unit.code),
  ]),
);
/** Three communes of each of two districts, and the three of today in which their villages lie. */
const OLD = [...communesOf.values()].flatMap((codes) => codes.slice(0, 3));
const NEW = register
  .children(PROVINCE, ERAS[1]!)
  .map((unit) => unit.code)
  .slice(0, 3);
const CLASSES = ['I', 'II', 'III'];

interface Village {
  old: string;
  new: string;
  areaClass: string;
  poor: number;
  near: number;
  rest: number;
}

const anyVillage: fc.Arbitrary<Village> = fc.record({
  old: fc.constantFrom(...OLD),
  new: fc.constantFrom(...NEW),
  areaClass: fc.constantFrom(...CLASSES),
  poor: fc.nat(9),
  near: fc.nat(9),
  rest: fc.oneof(fc.constant(0), fc.nat(30)),
});

function hiddenOf(
  villages: readonly Village[],
  counted: (cells: HouseholdCell[]) => HouseholdCell[] = (cells) => cells,
): Set<string> {
  const stays = villages.flatMap((village, index): Stay[] => [
    { placeId: `p${index}`, unitCode: village.old, era: 0 },
    { placeId: `p${index}`, unitCode: village.new, era: 1 },
  ]);
  const cells = villages.flatMap(({ areaClass, poor, near, rest }, index) =>
    Object.entries({ poor, near_poor: near, not_poor: rest }).map(([status, households]) => {
      return { groupKey: `p${index}/${areaClass}`, status, households } as HouseholdCell;
    }),
  );
  return hiddenOfUnits(counted(cells), stays, GROUND);
}

/** Everything that is published of these villages, found without the code that hides. */
function published(villages: readonly Village[]): Map<string, readonly number[]> {
  const rows = new Map<string, number[]>();
  const put = (id: string, index: number) => rows.set(id, [...(rows.get(id) ?? []), index]);
  villages.forEach((village, index) => {
    put(unitRowId(0, village.old), index);
    put(unitRowId(1, village.new), index);
    put(partRowId(village.old, 1, village.new), index);
    put(classRowId(village.areaClass), index);
    const district = [...communesOf].find(([, communes]) => communes.includes(village.old));
    put(unitRowId(0, district![0]), index);
    for (const era of [0, 1]) put(unitRowId(era, PROVINCE), index);
  });
  return rows;
}

function sumOf(pieces: readonly Piece[]): Piece {
  const sum = { households: 0, poor: 0, nearPoor: 0 };
  for (const piece of pieces) {
    for (const key of ['households', 'poor', 'nearPoor'] as const) sum[key] += piece[key];
  }
  return sum;
}

const COLUMNS = { households: [0, 1, 2], poor: [0], 'near-poor': [1], both: [0, 1] } as const;

it('units, old units, districts, bridges and area classes together give nothing hidden back', () => {
  fc.assert(
    fc.property(fc.array(anyVillage, { minLength: 2, maxLength: 10 }), (villages) => {
      const hidden = hiddenOf(villages);
      const span = new ExactSpan();
      const secrets: { id: string; value: number; sum: Map<number, number> }[] = [];
      const of = (index: number) => {
        const { poor, near, rest } = villages[index]!;
        return [poor, near, rest] as const;
      };
      for (const [row, members] of published(villages)) {
        const count = (kinds: readonly number[]) =>
          members.reduce(
            (sum, index) => sum + kinds.reduce((n, kind) => n + of(index)[kind]!, 0),
            0,
          );
        const all = count(COLUMNS.households);
        for (const [column, kinds] of Object.entries(COLUMNS)) {
          const id = `${row}:${column}`;
          const sum = new Map(
            members.flatMap((at) => kinds.map((kind) => [at * 3 + kind, 1] as const)),
          );
          const value = count(kinds);
          const isSmall = (n: number) => n > 0 && n < 5;
          const isNearlyAll = column !== 'households' && all > 0 && all - value < 5;
          if (isSmall(all) || isSmall(value) || isNearlyAll) secrets.push({ id, value, sum });
          if (hidden.has(id)) secrets.push({ id, value, sum });
          else span.add(sum);
          // Counts are not negative: nobody in a row means nobody in any part of it.
          if (value === 0 && !hidden.has(id))
            for (const at of sum.keys()) span.add(new Map([[at, 1]]));
        }
      }
      const following = secrets.filter(({ value, sum }) => value > 0 && span.follows(sum));
      expect(following.map(({ id }) => id)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it('a hidden commune alone in its class takes another commune with it, not the class', () => {
  const village = (old: number, areaClass: string, households: number): Village => {
    const half = Math.floor(households / 2);
    return {
      old: OLD[old]!,
      new: NEW[0]!,
      areaClass,
      poor: 0,
      near: half,
      rest: households - half,
    };
  };
  const villages = [
    village(0, 'II', 4),
    village(1, 'II', 90),
    village(2, 'I', 30),
    village(3, 'I', 50),
  ];
  const hidden = hiddenOf(villages);
  const isHidden = (id: string) => hidden.has(`${id}:households`);
  expect([0, 1, 2, 3].map((at) => isHidden(unitRowId(0, OLD[at]!)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(CLASSES.map((name) => isHidden(classRowId(name)))).toEqual([false, false, false]);
  expect(isHidden(unitRowId(0, PROVINCE))).toBe(false);
});

it('no table hides anything of a province that has no secret of its own', () => {
  const anyPiece = fc.tuple(fc.nat(6), fc.nat(6), fc.nat(9), fc.nat(2));
  fc.assert(
    fc.property(fc.array(anyPiece, { minLength: 2, maxLength: 8 }), (made) => {
      const pieces = made.map(([poor, nearPoor, rest]) => {
        return { households: poor + nearPoor + rest, poor, nearPoor };
      });
      const all = pieces.map((_, index) => index);
      const groups = [...new Set(made.map(([, , , key]) => key))].map((key) => {
        const own = all.filter((index) => made[index]![3] === key);
        return { id: `group ${key}`, pieces: own, isTotal: false };
      });
      const { households, poor, nearPoor } = sumOf(pieces);
      fc.pre([poor, nearPoor, households - poor - nearPoor].every((count) => count >= 5));
      // Where one group holds all the poor there are, its secret is the province's.
      for (const { pieces: own } of groups) {
        const group = sumOf(own.map((index) => pieces[index]!));
        fc.pre(group.poor < poor && group.nearPoor < nearPoor);
      }
      const hidden = hiddenCells(pieces, [...groups, { id: 'all', pieces: all, isTotal: true }]);
      expect([...hidden].filter((id) => id.startsWith('all:'))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

it('hides the same, in whatever order the database counts', () => {
  fc.assert(
    fc.property(fc.array(anyVillage, { minLength: 2, maxLength: 12 }), (villages) => {
      const hidden = [...hiddenOf(villages)].sort();
      expect([...hiddenOf(villages, (cells) => cells.reverse())].sort()).toEqual(hidden);
    }),
    { numRuns: 200 },
  );
});
