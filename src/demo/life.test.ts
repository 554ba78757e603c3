import { expect, test } from 'vitest';
import { day } from '../kernel/index.js';
import { leaveToFound, liveThrough, presentOf } from './life.js';
import type { Maker, Member } from './members.js';
import { makeFamily } from './members.js';
import { Random } from './random.js';

/** A widow of 78 with one grown child, who is to found a household in 2025. */
function widowAndChild(seed: number): { maker: Maker; members: Member[] } {
  let ids = 0;
  const maker: Maker = { random: new Random(seed, 1), nextId: () => `person ${ids++}` };
  const family = makeFamily(maker, {
    ethnicity: 'tay',
    headSex: 'female',
    isAlone: true,
    year: 2021,
    from: day('2021-01-01'),
    splitYear: 2025,
    founder: null,
  });
  const members = family.slice(0, 2);
  members[0]!.person.birthYear = 1943;
  members[1]!.relation = 'child';
  members[1]!.person.birthYear = 1998;
  return { maker, members };
}

const YEARS = [2022, 2023, 2024];
const seeds = Array.from({ length: 2_000 }, (_, seed) => seed);

test('whoever is to found a household does not become head of the old one before', () => {
  for (const seed of seeds) {
    const { maker, members } = widowAndChild(seed);
    for (const year of YEARS) liveThrough(maker, members, year, true);
    expect(leaveToFound(maker, members, 2025).person).toBe(members[1]!.person);
    expect(presentOf(members).map((member) => member.relation)).toContain('head');
  }
});

test('without a split to come, a child does follow the head who died', () => {
  const heirs = seeds.filter((seed) => {
    const { maker, members } = widowAndChild(seed);
    for (const year of YEARS) liveThrough(maker, members, year);
    return members[0]!.to !== null;
  });
  expect(heirs.length).toBeGreaterThan(10);
});
