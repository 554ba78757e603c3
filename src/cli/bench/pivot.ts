import { scopeOfProvince } from '../../areas/index.js';
import { pivot } from '../../figures/index.js';
import { SYSTEM_ACTOR } from '../../store/index.js';
import type { BenchFigure } from './bench-figure.js';
import { median, rounded, timesOf } from './bench-figure.js';
import type { DemoInstance } from './bench-instances.js';

/** Commune × ethnicity × sex × class of one round, counted from the rows through row security. */
export async function benchPivot(demo: DemoInstance): Promise<BenchFigure[]> {
  const store = await demo.open();
  try {
    const actor = SYSTEM_ACTOR([scopeOfProvince('20')]);
    let cells = 0;
    const times = await timesOf(9, async () => {
      cells = (await pivot(store, actor, { round: 2025 })).length;
    });
    if (cells === 0) throw new Error('the pivot is empty');
    const note = `${cells} cells of the round 2025`;
    const value = rounded(median(times));
    return [{ name: 'pivot', value, unit: 'ms', rows: demo.households, note }];
  } finally {
    await store.close();
  }
}
