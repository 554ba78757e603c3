/** One measured figure, printed as one JSON line. */
export interface BenchFigure {
  /** Stable, kebab-case. */
  name: string;
  /** Median of the runs unless the note says otherwise. */
  value: number;
  unit: 'ms' | 'MB' | 'rows/s' | 'requests/s' | 'writes/s' | 'entries/s' | 's';
  /** The same work done the plain way, in the same run and unit. */
  reference?: number;
  /** value / reference. */
  ratio?: number;
  rows?: number;
  note?: string;
}

/** The middle of the values (mean of the two middle ones); throws on none, since that is no figure. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined)
    throw new RangeError('no values to take a median of');
  return (low + high) / 2;
}

/** The value that a share of all values does not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('no values to take a quantile of');
  return value;
}

/** Three significant digits are more than a shared machine can promise. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/** Milliseconds of `runs` runs of `work`, after one that is not counted. */
export async function timesOf(runs: number, work: () => unknown): Promise<number[]> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times;
}

/** A figure beside its reference, with the ratio of the two. */
export function withReference(figure: BenchFigure, reference: number): BenchFigure {
  return { ...figure, reference: rounded(reference), ratio: rounded(figure.value / reference) };
}
