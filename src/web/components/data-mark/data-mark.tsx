import { SITE } from '../../text/site.js';

interface DataMarkProps {
  x: number;
  y: number;
  anchor?: 'start' | 'middle' | 'end';
}

/** The simulation mark inside a picture, where cropping keeps it (DESIGN §3 law 13). */
export function DataMark({ x, y, anchor = 'end' }: DataMarkProps) {
  return (
    <text class="mark" x={x} y={y} text-anchor={anchor}>
      <tspan x={x}>{SITE.simulatedShort}</tspan>
      <tspan x={x} dy="1.25em">
        {SITE.simulatedRest}
      </tspan>
    </text>
  );
}
