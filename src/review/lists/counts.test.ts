import { expect, test } from 'vitest';
import { summarise } from './counts.js';
import { recognitionFlow } from './flow.js';
import type { ClassCount } from './snapshot.js';
import { scopesOver } from './unit-access.js';
import { areaRegister } from '../../areas/index.js';
import { day } from '../../kernel/index.js';

const LAST = { round: 2024, standardId: 'PS-2022' };
const line = (
  before: ClassCount['before'],
  now: ClassCount['now'],
  households: number,
  over: Partial<ClassCount> = {},
): ClassCount => ({ before, now, households, isGone: false, wasThere: true, ...over });

const LINES = [
  line('poor', 'poor', 10),
  line('poor', 'near_poor', 3),
  line('poor', 'not_poor', 2),
  line('near_poor', 'not_poor', 4),
  line('near_poor', 'poor', 1),
  line('not_poor', 'poor', 5),
  line(null, 'near_poor', 6, { wasThere: false }),
  line('poor', null, 7, { isGone: true }),
  line('poor', 'not_computable', 1),
  line('not_poor', null, 8),
];

test('both rounds are counted on the same ground, and the ways between them', () => {
  const counts = summarise(LINES, LAST, true);
  expect(counts.now).toEqual({
    ...{ poor: 16, near_poor: 9, average_living: 0, not_poor: 6, not_computable: 9 },
  });
  expect(counts.last).toMatchObject({
    ...{ round: 2024, notRecognised: 0 },
    counts: { poor: 23, near_poor: 5, not_poor: 13 },
  });
  expect(counts.flows).toEqual({
    ...{ escapedPoverty: 5, escapedNearPoverty: 4, newlyPoor: 6, newlyNearPoor: 9 },
    ...{ gone: 7, fresh: 6 },
  });
});

test('two standards stand side by side and are not compared', () => {
  const counts = summarise(LINES, LAST, false);
  expect(counts.last?.counts.poor).toBe(23);
  expect(counts.flows).toBeNull();
});

test('a round before that is not there, or not recognised, is not zero', () => {
  const fresh = [line(null, 'poor', 3, { wasThere: false })];
  expect(summarise(fresh, null, false)).toMatchObject({ last: null, flows: null });
  expect(summarise(fresh, LAST, true)).toMatchObject({ last: null, flows: null });
  const undecided = summarise([line(null, 'poor', 3)], LAST, true);
  expect(undecided).toMatchObject({ last: { notRecognised: 3 }, flows: null });
});

test('who signs is dated: cited, unread, or not known at all', () => {
  const { signerOf } = recognitionFlow();
  expect(signerOf(2024)).toMatchObject({
    state: 'verified',
    signer: expect.stringMatching(/^Chủ tịch/) as string,
  });
  expect(signerOf(2024).articles).toEqual(['QĐ 24/2021/QĐ-TTg']);
  expect(signerOf(2025)).toMatchObject({
    state: 'unverified',
    signer: expect.any(String) as string,
  });
  expect(signerOf(2026)).toMatchObject({ state: 'absent', signer: null });
  expect(signerOf(2019)).toMatchObject({ state: 'absent', signer: null });
});

test('every state but the last two can be left, and each is reached', () => {
  const { acts, states } = recognitionFlow();
  const rules = Object.values(acts);
  for (const state of Object.keys(states)) {
    expect(rules.some(({ to }) => to === state)).toBe(true);
    const isEnd = state === 'decided' || state === 'withdrawn';
    expect(rules.some(({ from }) => (from as string[]).includes(state))).toBe(!isEnd);
  }
});

test('over a unit reach its own key, the province, and who took it over whole – through any number of changes', () => {
  const register = areaRegister();
  const on = (code: string, date: string) => register.unitOn(code, day(date))!;
  const today = day('2025-12-31');
  expect(scopesOver(on('06004', '2025-12-31'), today)).toEqual(['p:20', 'u:06004@2025-07-01']);
  // Merged whole in 2025.
  expect(scopesOver(on('06016', '2024-12-31'), today)).toEqual([
    ...['p:20', 'u:06016@2020-01-01', 'u:06004@2025-07-01'],
  ]);
  // Merged whole twice: 06007 into 05998 in 2024, that into 06001 in 2025.
  expect(scopesOver(on('06007', '2024-11-30'), today)).toEqual([
    ...['p:20', 'u:06007@2020-01-01', expect.stringMatching(/^u:05998@/), 'u:06001@2025-07-01'],
  ]);
  // Divided: below the province nobody has all of it.
  expect(scopesOver(on('06622', '2024-12-31'), today)).toEqual(['p:20', 'u:06622@2020-01-01']);
  // Before the change comes it is still whose it was.
  expect(scopesOver(on('06016', '2024-12-31'), day('2025-06-30'))).toHaveLength(2);
});
