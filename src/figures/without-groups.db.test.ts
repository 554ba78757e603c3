import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { readCounts } from './counts.js';
import { readInstance } from './instance.js';
import { withoutGroups } from './without-groups.js';

let store: TestStore;
beforeAll(async () => {
  store = await testStore({ template: 'demo' });
});
afterAll(() => store.close());

test.each(['recognised', 'proposed'] as const)(
  'groups added up are what the database counts undivided (%s)',
  async (basis) => {
    const { rounds } = await readInstance(store);
    for (const { round, referenceDate } of rounds) {
      // Counted as of a moment after everything, so that the database adds up itself.
      const query = { round, boundaries: referenceDate, referenceDate, basis };
      const knownAt = new Date('2100-01-01T00:00:00Z');
      const whole = await readCounts(store, { ...query, by: null, knownAt });
      const parts = await readCounts(store, { ...query, by: 'place-and-class', knownAt });
      const added = withoutGroups(parts);
      expect(sorted(added.cells)).toEqual(sorted(whole.cells));
      expect([...added.indicators.keys()].sort()).toEqual([...whole.indicators.keys()].sort());
      for (const [code, counts] of whole.indicators) {
        expect(sorted(added.indicators.get(code) ?? []), code).toEqual(sorted(counts));
      }
    }
  },
);

const sorted = (rows: readonly object[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
