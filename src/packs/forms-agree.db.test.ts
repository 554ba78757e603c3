import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import type { Facts, Rule } from '../rules/index.js';
import { classify, toSql } from '../rules/index.js';
import { SYSTEM_ACTOR, withActor } from '../store/index.js';
import { householdsFor } from './households.example.js';
import { loadPacks } from './index.js';

const HOUSEHOLDS = 10_000;
let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const SQL_TYPE = { number: 'numeric', boolean: 'boolean', enum: 'text' } as const;

/** The classes PostgreSQL gives, in the order of the households. */
async function classesInSql(rule: Rule, households: readonly Facts[]): Promise<string[]> {
  const facts = [...rule.facts.values()];
  const columns = Object.fromEntries(facts.map(({ id }) => [id, `h.${id}`]));
  const shape = facts.map(({ id, kind }) => `${id} ${SQL_TYPE[kind]}`).join(', ');
  const rows = households.map((household, n) => ({ n, ...household }));
  return withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    const answer = await tx.query<{ status: string }>(
      `select ${toSql(rule, columns)} as status
       from jsonb_to_recordset($1::jsonb) as h (n integer, ${shape}) order by n`,
      [JSON.stringify(rows)],
    );
    return answer.rows.map(({ status }) => status);
  });
}

test.each(loadPacks().standards.map((pack) => [pack.id, pack] as const))(
  '%s: SQL gives 10,000 random households the class that the explanation gives',
  async (_, pack) => {
    const households = fc.sample(householdsFor(pack), HOUSEHOLDS);
    const classes = await classesInSql(pack.rule, households);
    const wrong = households.flatMap((facts, i) => {
      const expected = classify(pack.rule, facts);
      return classes[i] === expected ? [] : [{ facts, expected, found: classes[i] }];
    });
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(classes).toHaveLength(HOUSEHOLDS);
    expect(new Set(classes).size).toBeGreaterThanOrEqual(4);
  },
);

test('a quotient is compared alike, also when the divisor is zero', async () => {
  const { rule } = loadPacks().procedures[0]!;
  const meetings = [
    { agreeing: 10, attendees: 20 },
    { agreeing: 9, attendees: 20 },
    { agreeing: 1, attendees: 3 },
    { agreeing: 0, attendees: 0 },
    { agreeing: 5 },
  ];
  expect(await classesInSql(rule, meetings)).toEqual(meetings.map((facts) => classify(rule, facts)));
});

test('facts without a column are unknown, and a known area is not needed when all agree', async () => {
  const { rule } = loadPacks().standard('PS-2022')!;
  const ask = (columns: Record<string, string>) =>
    withActor(store, SYSTEM_ACTOR([]), async (tx) => {
      const { rows } = await tx.query<{ status: string }>(`select ${toSql(rule, columns)} status`);
      return rows[0]?.status;
    });
  expect(await ask({})).toBe('not_computable');
  expect(await ask({ b1: '140', b2: '30' })).toBe('poor');
  expect(await ask({ b1: '141', b2: '30' })).toBe('not_computable');
  expect(await ask({ area: `'urban'`, b1: '141', b2: '30' })).toBe('poor');
});
