import type { OnProgress } from '../../store/index.js';
import { benchAudit } from './audit.js';
import type { BenchFigure } from './bench-figure.js';
import { rounded, withReference } from './bench-figure.js';
import type { DemoInstance } from './bench-instances.js';
import { BenchInstances } from './bench-instances.js';
import { benchClassification } from './classification.js';
import { benchForms } from './forms.js';
import { benchHome } from './home.js';
import { benchImport } from './import.js';
import { benchPivot } from './pivot.js';

export interface BenchOptions {
  /** Share of the province, 0.01–1; 1 is what the promises are about. */
  scale: number;
  env: NodeJS.ProcessEnv;
  onProgress: OnProgress;
  /** Ends the run: databases are stopped, directories removed. */
  signal: AbortSignal;
}

type Bench = (instances: BenchInstances, options: BenchOptions) => Promise<BenchFigure[]>;

const MILLION = 1_000_000;
const IMPORT_ROWS = 200_000;

/** The benches by name, in the order in which they run. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  classification: async (instances) => {
    const store = await instances.open(instances.emptyDirectory());
    try {
      return await benchClassification(store, MILLION);
    } finally {
      await store.close();
    }
  },
  import: (instances) => benchImport(instances, IMPORT_ROWS),
  audit: benchAudit,
  demo: async (instances, { scale }) => {
    const { households, seconds } = await instances.demo(scale);
    const note = 'start of PostgreSQL, five rounds, statistics; single run';
    return [{ name: 'demo', value: rounded(seconds), unit: 's', rows: households, note }];
  },
  forms: (instances, options) => atTenfold(instances, options, benchForms),
  pivot: (instances, options) => atTenfold(instances, options, benchPivot),
  home: async (instances, { scale }) => benchHome(await instances.demo(scale)),
};

/** Runs the named benches (all without names) and hands each figure over as soon as it is known. */
export async function runBench(
  names: readonly string[],
  options: BenchOptions,
  report: (figure: BenchFigure) => Promise<void>,
): Promise<void> {
  const { env, onProgress, signal } = options;
  const instances = new BenchInstances(env, onProgress);
  const all = async () => {
    for (const [name, bench] of Object.entries(BENCHES)) {
      if (names.length > 0 && !names.includes(name)) continue;
      signal.throwIfAborted();
      onProgress(`Đang đo: ${name}`);
      for (const figure of await bench(instances, options)) await report(figure);
    }
  };
  try {
    await Promise.race([all(), untilAborted(signal)]);
  } finally {
    await instances.remove();
  }
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

/** The same measure on a tenth of the rows too: what ten times the rows cost. */
async function atTenfold(
  instances: BenchInstances,
  { scale }: BenchOptions,
  bench: (demo: DemoInstance) => Promise<BenchFigure[]>,
): Promise<BenchFigure[]> {
  const small = await bench(await instances.demo(scale / 10));
  const large = await bench(await instances.demo(scale));
  return large.flatMap((figure, i) => {
    const tenth = small[i];
    if (!tenth) return [figure];
    const { value, unit, rows } = figure;
    const cost = { name: `${figure.name}-at-ten-times-the-rows`, value, unit } as const;
    const note = `reference: the same on ${tenth.rows ?? '?'} rows`;
    return [figure, withReference({ ...cost, ...(rows && { rows }), note }, tenth.value)];
  });
}
