import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { changeInPoints } from '../../../kernel/index.js';
import type { DatumKind } from '../../text/datum.js';
import { DATUM_LABEL } from '../../text/datum.js';
import { decimal, signed } from '../../text/numbers.js';
import { DataMark } from '../data-mark/data-mark.js';

export interface LinePoint {
  /** Year of the round. */
  round: number;
  /** Decimal text ("8.92", "4643"); `null` = no figure: the line breaks here. */
  value: string | null;
  kind: DatumKind;
  /** Rounds of different standards are never joined (DESIGN §3 law 5). */
  standard: string;
  /** Of other ground than the point before, although its name or code may be the same: not joined either. */
  isApart?: boolean;
}

export interface LineChartProps {
  points: readonly LinePoint[];
  /** Rates change by percentage points, numbers of households by households. */
  unit?: 'percent' | 'household';
  /** What the chart shows, for those who do not see it. */
  label: string;
  isSimulated: boolean;
}

const WIDTH = 400;
const HEIGHT = 212;
const BASE = 176;

/** A short series of a rate, labelled at its points, with the change in points between two rounds. */
export function LineChart({ points, unit = 'percent', label, isSimulated }: LineChartProps) {
  const { x, y } = scales(points);
  const kinds = [...new Set(points.map((point) => point.kind))];
  return (
    <>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={describe(label, points, unit)}>
        {isSimulated ? <DataMark x={WIDTH - 4} y={16} /> : null}
        <line class="axis" x1="8" y1={BASE} x2={WIDTH - 8} y2={BASE} />
        {joined(points).map(([before, after]) => (
          <Step before={before} after={after} unit={unit} x={x} y={y} />
        ))}
        {points.map((point) => (
          <>
            {point.value === null ? null : (
              <>
                <circle class={`dot ${point.kind}`} cx={x(point.round)} cy={y(point.value)} r="5" />
                <text class="value" x={x(point.round)} y={y(point.value) - 11}>
                  {decimal(point.value)}
                </text>
              </>
            )}
            <text class="tick" x={x(point.round)} y={BASE + 22}>
              {point.round}
            </text>
          </>
        ))}
      </svg>
      <p class="key">
        {kinds.map((kind) => (
          <span>
            <i class={`dot ${kind}`} />
            {DATUM_LABEL[kind]}
          </span>
        ))}
      </p>
    </>
  );
}

interface StepProps {
  before: LinePoint;
  after: LinePoint;
  unit: 'percent' | 'household';
  x: (round: number) => number;
  y: (value: string) => number;
}

function Step({ before, after, unit, x, y }: StepProps) {
  if (before.value === null || after.value === null) return null;
  const ends: [number, number][] = [before, after].map((p) => [x(p.round), y(p.value ?? '0')]);
  const change =
    unit === 'percent'
      ? changeInPoints(rate(before.value), rate(after.value)).value
      : String(Number(after.value) - Number(before.value));
  const middle = (x(before.round) + x(after.round)) / 2;
  const below = Math.min((y(before.value) + y(after.value)) / 2 + 27, BASE - 5);
  return (
    <>
      <path class="line" d={line().digits(1)(ends) ?? ''} />
      <text class="change" x={middle - 6} y={below}>
        {signed(change)}
      </text>
    </>
  );
}

const rate = (value: string) => ({
  value,
  unit: 'percent' as const,
  numerator: null,
  denominator: null,
});

/** Neighbouring rounds of one standard and one ground that both have a figure. */
function joined(points: readonly LinePoint[]): [LinePoint, LinePoint][] {
  return points.slice(1).flatMap((after, index): [LinePoint, LinePoint][] => {
    const before = points[index];
    const isPair = before && before.value !== null && after.value !== null;
    return isPair && before.standard === after.standard && !after.isApart ? [[before, after]] : [];
  });
}

function scales(points: readonly LinePoint[]) {
  const rounds = points.map((point) => point.round);
  const across = scaleLinear([Math.min(...rounds), Math.max(...rounds)], [30, WIDTH - 30]);
  const top = Math.max(1, ...points.map((point) => Number(point.value ?? 0)));
  const up = scaleLinear([0, top], [BASE - 6, 34]);
  const round1 = (value: number) => Math.round(value * 10) / 10;
  return {
    x: (round: number) => round1(rounds.length === 1 ? WIDTH / 2 : across(round)),
    y: (value: string) => round1(up(Number(value))),
  };
}

function describe(label: string, points: readonly LinePoint[], unit: string): string {
  const sign = unit === 'percent' ? ' %' : ' hộ';
  const parts = points.map((point) =>
    point.value === null
      ? `${point.round}: chưa có số liệu`
      : `${point.round}: ${decimal(point.value)}${sign} (${DATUM_LABEL[point.kind]})`,
  );
  return `${label}. ${parts.join('; ')}.`;
}
