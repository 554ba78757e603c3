import { scaleLinear } from 'd3-scale';
import { decimalOfHundredths } from '../../../kernel/index.js';
import { decimal, signed } from '../../text/numbers.js';
import { DataMark } from '../data-mark/data-mark.js';

export interface BridgeStep {
  label: string;
  /** Change in hundredths of a percentage point; negative lowers the rate. */
  hundredths: number;
}

export interface BridgeChartProps {
  from: { label: string; hundredths: number };
  to: { label: string; hundredths: number };
  /** `from + Σ steps = to`, exactly. */
  steps: readonly BridgeStep[];
  label: string;
  isSimulated: boolean;
}

const WIDTH = 400;
const BASE = 176;

interface Bar {
  label: string;
  text: string;
  top: number;
  bottom: number;
  shape: 'total' | 'down' | 'up';
}

/** From one round's rate to another's: hatched bars lower it, outlined bars raise it. */
export function BridgeChart(props: BridgeChartProps) {
  const bars = barsOf(props);
  const slot = WIDTH / bars.length;
  const width = slot * 0.78;
  const peak = Math.max(...bars.map((bar) => bar.top), 1);
  const y = scaleLinear([0, peak], [BASE, 26]);
  const id = `h${Math.abs(props.from.hundredths)}-${Math.abs(props.to.hundredths)}`;
  return (
    <svg class="bridge" viewBox={`0 0 ${WIDTH} 222`} role="img" aria-label={describe(props)}>
      <Hatch id={id} />
      <line class="axis" x1="0" y1={BASE} x2={WIDTH} y2={BASE} />
      {bars.map((bar, index) => (
        <>
          <rect
            class={`bar ${bar.shape}`}
            x={round1(index * slot + (slot - width) / 2)}
            y={round1(y(bar.top))}
            width={round1(width)}
            height={round1(Math.max(y(bar.bottom) - y(bar.top), 1.5))}
            {...(bar.shape === 'down' ? { fill: `url(#${id})` } : {})}
          />
          <text class="value" x={round1((index + 0.5) * slot)} y={round1(y(bar.top) - 7)}>
            {bar.text}
          </text>
          <Caption text={bar.label} x={round1((index + 0.5) * slot)} />
        </>
      ))}
      {props.isSimulated ? <DataMark x={WIDTH / 2} y={BASE - 24} anchor="middle" /> : null}
    </svg>
  );
}

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={id}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="6" height="6" fill="#c9d5ee" />
        <path d="M0 0V6" stroke="#4f71b3" stroke-width="2.4" />
      </pattern>
    </defs>
  );
}

function Caption({ text, x }: { text: string; x: number }) {
  return (
    <text class="tick" x={x} y={BASE + 19}>
      {twoLines(capitalised(text)).map((line, index) => (
        <tspan x={x} dy={index === 0 ? 0 : '1.2em'}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Breaks a label where the longer of the two lines is shortest. */
function twoLines(text: string): string[] {
  const words = text.split(' ');
  const breaks = words.slice(1).map((_, i) => {
    return [words.slice(0, i + 1).join(' '), words.slice(i + 1).join(' ')];
  });
  const longest = (lines: readonly string[]) => Math.max(...lines.map((line) => line.length));
  return breaks.sort((a, b) => longest(a) - longest(b))[0] ?? [text];
}

/** Bars in order; the running sum must arrive at `to`, else the picture would lie. */
function barsOf({ from, to, steps }: BridgeChartProps): Bar[] {
  let level = from.hundredths;
  const middle = steps.map(({ label, hundredths }): Bar => {
    const before = level;
    level += hundredths;
    const [bottom, top] = hundredths < 0 ? [level, before] : [before, level];
    const shape = hundredths < 0 ? 'down' : 'up';
    return { label, text: signed(decimalOfHundredths(hundredths)), top, bottom, shape };
  });
  if (level !== to.hundredths) throw new RangeError('the steps of a bridge do not sum to its end');
  const total = (end: BridgeChartProps['from']): Bar => ({
    label: end.label,
    text: decimal(decimalOfHundredths(end.hundredths)),
    top: end.hundredths,
    bottom: 0,
    shape: 'total',
  });
  return [total(from), ...middle, total(to)];
}

const round1 = (value: number) => Math.round(value * 10) / 10;

function describe({ label, from, to, steps }: BridgeChartProps): string {
  const middle = steps.map((s) => `${s.label}: ${signed(decimalOfHundredths(s.hundredths))}`);
  const end = (e: BridgeChartProps['from']) =>
    `${e.label}: ${decimal(decimalOfHundredths(e.hundredths))} %`;
  return `${label}. ${[end(from), ...middle, end(to)].join('; ')}.`;
}
