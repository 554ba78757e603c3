import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { SYSTEM_ACTOR, withActor } from '../store/index.js';
import { condition, household } from './arbitraries.example.js';
import { yesOrNo } from './fixtures.example.js';
import { classify, compileRule, toSql } from './index.js';

const RULES = 60;
const HOUSEHOLDS = 200;
let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

test('PostgreSQL answers any rule as the reference does, unknowns included', async () => {
  const homes = fc.sample(household, HOUSEHOLDS);
  const rules = fc.sample(condition, RULES).map((when) => compileRule(yesOrNo(when)));
  const ids = ['area', 'kind', 'x', 'y', 'p', 'q', 'r'];
  const columns = Object.fromEntries(ids.map((id) => [id, `h.${id}`]));
  await withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    for (const rule of rules) {
      const { rows } = await tx.query<{ outcome: string }>(
        `select ${toSql(rule, columns)} as outcome
         from jsonb_to_recordset($1::jsonb) as h (n integer, area text, kind text,
           x float8, y float8, p boolean, q boolean, r boolean) order by n`,
        [JSON.stringify(homes.map((facts, n) => ({ n, ...facts })))],
      );
      const found = rows.map(({ outcome }) => outcome);
      expect(found).toEqual(homes.map((facts) => classify(rule, facts)));
    }
  });
});
