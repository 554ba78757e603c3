import { TODAY } from './description.js';
import type { SettableClock } from './world.js';

/** Ten in the morning of the world's day in Vietnam, and a millisecond later at each question. */
export function worldClock(): SettableClock {
  const start = Date.parse(`${TODAY}T03:00:00Z`);
  let ticks = 0;
  return {
    now: () => new Date(start + ticks++),
    restart: () => void (ticks = 0),
    wait: (seconds) => void (ticks += seconds * 1000),
  };
}
