import { describe, expect, it } from 'vitest';
import { areaRegister, especiallyDifficult } from '../areas/index.js';
import { addDays, day } from '../kernel/index.js';
import { buildProvince } from './skeleton.js';
import { unitOfVillage } from './villages.js';

const province = buildProvince({ scale: 0.02, seed: 1 });
const { villages, communes } = province.plan;
const register = areaRegister();
const DATES = ['2020-01-01', '2021-12-31', '2024-11-30', '2024-12-01', '2025-06-30', '2025-07-01'];

const successors = (code: string, on: string) => {
  const book = communes.findIndex((unit) => unit.code === code);
  const here = villages.filter((village) => village.book === book);
  return new Set(here.map((village) => unitOfVillage(village, day(on)).code));
};

describe('villages of the demonstration', () => {
  it('lie in exactly one commune on any day, one that is in force', () => {
    for (const village of villages) {
      village.stays.forEach((stay, i) => {
        expect(register.unit(stay.unit)).toBe(stay.unit);
        const next = village.stays[i + 1];
        if (!next) expect(stay.to).toBeNull();
        else expect(next.from).toBe(addDays(stay.to!, 1));
      });
      for (const date of DATES) {
        const unit = unitOfVillage(village, day(date));
        expect(register.unitOn(unit.code, day(date))).toBe(unit);
      }
    }
  });

  it.each([
    ['2021-12-31', 200],
    ['2024-12-31', 194],
    ['2025-12-31', 65],
  ])('fill every commune of %s', (date, count) => {
    const units = new Set(villages.map((village) => unitOfVillage(village, day(date))));
    expect(units.size).toBe(count);
  });

  it('of a split commune go whole to each of its successors', () => {
    expect(successors('06040', '2024-12-31')).toEqual(new Set(['06040', '06025']));
    expect(successors('06622', '2025-12-31')).toEqual(new Set(['06613', '06625']));
    expect(successors('06625', '2025-12-31')).toEqual(new Set(['06625', '06637']));
    expect(successors('05995', '2024-12-31')).toEqual(new Set(['06040']));
  });
});

describe('area classes', () => {
  it('count the communes of the pack', () => {
    const classOf = new Map(villages.map((v) => [v.book, province.classes[v.index]!.areaClass]));
    const count = (wanted: string | null) =>
      [...classOf.values()].filter((areaClass) => areaClass === wanted).length;
    expect([count('I'), count('II'), count('III'), count(null)]).toEqual([103, 8, 88, 1]);
  });

  it('have especially difficult villages in the units known to have one, and in no other', () => {
    const { unitsWithout } = especiallyDifficult('20');
    const chosen = villages.filter((v) => province.classes[v.index]!.isExtremelyDisadvantaged);
    const units = new Set(chosen.map((village) => village.stays.at(-1)!.unit.code));
    expect(units.size).toBe(65 - unitsWithout.size);
    for (const code of units) expect(unitsWithout.has(code)).toBe(false);
  });
});
