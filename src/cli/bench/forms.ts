import { form } from '../../figures/index.js';
import type { BenchFigure } from './bench-figure.js';
import { median, rounded, timesOf } from './bench-figure.js';
import type { DemoInstance } from './bench-instances.js';

const ROUND = 2025;

/**
 * Forms 1 to 3 of the province with every identity, counted from the rows under row security. Each run
 * gets a store object of its own, so that nothing comes out of the cache.
 */
export async function benchForms(demo: DemoInstance): Promise<BenchFigure[]> {
  const store = await demo.open();
  try {
    const times = await timesOf(5, () =>
      form({ ...store }, { form: 1, round: ROUND, area: '20' }).then(({ identities }) => {
        if (identities.some(({ ok }) => ok === false)) throw new Error('a form does not balance');
      }),
    );
    const note = `round ${ROUND} of a province with 65 units, all three forms, nothing cached`;
    const value = rounded(median(times));
    return [{ name: 'forms-1-3', value, unit: 'ms', rows: demo.households, note }];
  } finally {
    await store.close();
  }
}
