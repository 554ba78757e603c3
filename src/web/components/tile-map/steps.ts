import { scaleQuantile, scaleThreshold } from 'd3-scale';
import { formatDecimal } from '../../../kernel/index.js';

export interface Steps {
  /** Lower bounds of the second to the fifth step, in percent, rising. */
  bounds: readonly number[];
  /** Step 1–5 of a value. */
  stepOf(value: number): 1 | 2 | 3 | 4 | 5;
  /** "dưới 1", "1–2", … "từ 4,5", lowest first. */
  labels: readonly string[];
}

/**
 * Five steps for a map: quintiles of the values, moved to round bounds so that a reader can keep
 * them in mind (steps of 0,5 where the spread allows it, else of 0,1).
 */
export function fiveSteps(values: readonly number[]): Steps {
  const bounds = roundBounds(values);
  const scale = scaleThreshold<number, 1 | 2 | 3 | 4 | 5>(bounds, [1, 2, 3, 4, 5]);
  return { bounds, stepOf: (value) => scale(value), labels: labelsOf(bounds) };
}

function roundBounds(values: readonly number[]): number[] {
  const cuts = scaleQuantile(values.length > 0 ? values : [0], [1, 2, 3, 4, 5]).quantiles();
  for (const unit of [0.5, 0.1]) {
    const rounded = cuts.map((cut) => Math.round(cut / unit) * unit);
    if (rounded.every((bound, i) => bound > (rounded[i - 1] ?? 0))) {
      return rounded.map((bound) => Number(bound.toFixed(1)));
    }
  }
  // Values too close for round quintiles: even tenths from the lowest cut up.
  const start = Math.max(0.1, Math.round((cuts[0] ?? 0) * 10) / 10);
  return [0, 1, 2, 3].map((i) => Number((start + i / 10).toFixed(1)));
}

function labelsOf(bounds: readonly number[]): string[] {
  const text = bounds.map((bound) => formatDecimal(String(bound)));
  const middle = text.slice(1).map((upper, i) => `${text[i]}–${upper}`);
  return [`dưới ${text[0]}`, ...middle, `từ ${text.at(-1)}`];
}
