import { describe, expect, it } from 'vitest';
import { day } from '../kernel/index.js';
import { evaluatePoverty } from '../review/index.js';
import { CAUSES, INDICATORS } from './assessment.js';
import type { Household } from './household.js';
import { makeHousehold } from './household.js';
import { compositionOf } from './life.js';
import type { Founder } from './life.js';
import { ENTRY } from './population.js';
import { buildProvince } from './skeleton.js';
import { engines } from './engine.js';

const province = buildProvince({ scale: 0.02, seed: 1 });
const { population } = province;
const founders = new Map<number, Founder>();
const households: Household[] = [];
for (let i = 0; i < population.size; i++) households.push(makeHousehold(province, i, founders));

const referenceDate = (round: number) => day(`${population.rounds[round]!}-12-31`);
const membersOn = (household: Household, round: number) => {
  const date = referenceDate(round);
  return household.members.filter((m) => m.from <= date && (m.to === null || m.to >= date));
};

describe('households of the demonstration', () => {
  it('have one head and as many members as they say, at every reference date', () => {
    for (const household of households) {
      for (const year of household.years) {
        const members = membersOn(household, year.round);
        expect(members).toHaveLength(year.members);
        const heads = members.filter((member) => member.relation === 'head');
        expect(heads.map((member) => member.person)).toEqual([year.head]);
      }
    }
  });

  it('have about four members', () => {
    const years = households.flatMap((household) => household.years);
    const mean = years.reduce((sum, year) => sum + year.members, 0) / years.length;
    expect(mean).toBeGreaterThan(3.8);
    expect(mean).toBeLessThan(4.2);
  });

  it('have members who were born before they joined, joined before they left, and heads of age', () => {
    for (const household of households) {
      for (const { person, from, to } of household.members) {
        expect(`${person.birthYear}-01-01` <= from).toBe(true);
        if (person.birthDate) expect(person.birthDate <= from).toBe(true);
        if (to !== null) expect(to >= from).toBe(true);
      }
      for (const { head, round } of household.years) {
        expect(population.rounds[round]! - head.birthYear).toBeGreaterThanOrEqual(18);
      }
    }
  });

  it('share no person on the same day, and no id is given twice', () => {
    const stays = new Map<string, { from: string; to: string; household: string }[]>();
    for (const household of households) {
      for (const { person, from, to } of household.members) {
        const list = stays.get(person.id) ?? [];
        for (const other of list) expect(from > other.to || other.from > (to ?? '9999')).toBe(true);
        list.push({ from, to: to ?? '9999', household: household.id });
        stays.set(person.id, list);
      }
    }
    const moved = [...stays.values()].filter((l) => new Set(l.map((s) => s.household)).size > 1);
    const splits = population.entryKind.subarray(0, population.size);
    expect(moved).toHaveLength(splits.filter((kind) => kind === ENTRY.split_off).length);
  });

  it('tell why they came and went, in the year it happened', () => {
    for (const { index, events, years, members } of households) {
      const kinds = events.map((event) => event.kind);
      const came = ['formed', 'split_off', 'moved_in'].filter((kind) =>
        kinds.includes(kind as never),
      );
      expect(came).toHaveLength(population.entryKind[index] === ENTRY.initial ? 0 : 1);
      const isGone = years.at(-1)!.round < population.rounds.length - 1;
      expect(kinds.includes('moved_away') || kinds.includes('died_out')).toBe(isGone);
      if (isGone) expect(members.every((member) => member.to !== null)).toBe(true);
      for (const { on, round } of events) {
        expect(Number(on.slice(0, 4))).toBe(population.rounds[round]);
      }
    }
  });
});

describe('assessments of the demonstration', () => {
  const years = households.flatMap((household) =>
    household.years.map((year) => ({ household, year })),
  );

  it('count ten points for each deprivation that is certain', () => {
    for (const { year } of years) {
      const certain = year.assessment.deprived.filter((flag) => flag === true).length;
      expect(year.assessment.b2).toBe(10 * certain);
      expect(year.assessment.deprived).toHaveLength(INDICATORS.length);
    }
  });

  it('lead to their class by the rule itself, answers left out included', () => {
    const all = engines(province);
    let unanswered = 0;
    for (const { household, year } of years) {
      expect(all[year.round]!.propose(year)).toBe(year.status);
      const isPartial = year.assessment.deprived.includes(null);
      if (!isPartial && household.index % 20 > 0) continue;
      if (isPartial) unanswered++;
      const answer = evaluatePoverty({
        id: household.id,
        effectYear: population.rounds[year.round]! + 1,
        area: year.area,
        b1: year.assessment.b1,
        deprivations: Object.fromEntries(
          INDICATORS.map((id, i) => [id, year.assessment.deprived[i]]),
        ),
      });
      expect(answer).toMatchObject({ status: year.status, standard: 'PS-2022' });
    }
    expect(unanswered).toBeGreaterThan(100);
  });

  it('ask nothing of members who are not there', () => {
    const at = (id: string) => INDICATORS.indexOf(id as (typeof INDICATORS)[number]);
    for (const { household, year } of years) {
      const c = compositionOf(membersOn(household, year.round), population.rounds[year.round]!);
      const { deprived } = year.assessment;
      if (c.under16 === 0) expect(deprived[at('nut')]).not.toBe(true);
      if (c.schoolAge === 0) expect(deprived[at('chi')]).not.toBe(true);
      if (c.aged16to30 === 0) expect(deprived[at('adu')]).not.toBe(true);
      if (2 * c.under16 > c.members) expect(deprived[at('dep')]).toBe(true);
    }
  });

  it('differ from the field in few households, none of them by the decision', () => {
    const differing = years.filter(({ year }) => year.assessment.fieldStatus !== year.status);
    expect(differing.length / years.length).toBeGreaterThan(0.001);
    expect(differing.length / years.length).toBeLessThan(0.01);
  });

  it('name causes for those below the line only', () => {
    for (const { year } of years) {
      expect(year.assessment.causes).toHaveLength(CAUSES.length);
      expect(year.assessment.causes.includes(true)).toBe(year.status !== 'not_poor');
    }
  });
});

describe('making a household', () => {
  it('follows from seed and index alone', () => {
    const again = buildProvince({ scale: 0.02, seed: 1 });
    const index = households.find((h) => population.parent[h.index] === -1 && h.index > 900)!.index;
    expect(makeHousehold(again, index, new Map())).toEqual(households[index]);
    const other = buildProvince({ scale: 0.02, seed: 2 });
    expect(makeHousehold(other, index, new Map()).members[0]!.person.id).not.toBe(
      households[index]!.members[0]!.person.id,
    );
  });

  it('refuses to invent a founder', () => {
    const split = households.find((household) => population.parent[household.index]! >= 0)!;
    expect(() => makeHousehold(province, split.index, new Map())).toThrow(/founder/);
  });
});
