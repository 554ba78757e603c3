import type { Clock } from './clock.js';
import { systemClock } from './clock.js';

let lastMillis = 0;
let counter = 0;
let writtenMillis = -1;
let writtenTime = '';

// Random bytes are drawn for 512 ids at once: asking for each costs more than all else here.
const pool = new Uint8Array(512 * 10);
let drawn = pool.length;

/**
 * UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then a 12-bit counter so that ids of one
 * process sort in the order they were made, then 62 random bits.
 */
export function newId(clock: Clock = systemClock): string {
  if (drawn === pool.length) {
    crypto.getRandomValues(pool);
    drawn = 0;
  }
  const now = clock.now().getTime();
  if (now > lastMillis) {
    lastMillis = now;
    counter = ((pool[drawn]! & 0x07) << 8) | pool[drawn + 1]!;
  } else if (++counter > 0xfff) {
    lastMillis += 1;
    counter = 0;
  }
  if (lastMillis !== writtenMillis) writeTime();
  const order = hex(0x70 | (counter >> 8)) + hex(counter);
  const variant = hex(0x80 | (pool[drawn + 2]! & 0x3f)) + hex(pool[drawn + 3]!);
  let rest = '';
  for (let i = 4; i < 10; i++) rest += hex(pool[drawn + i]!);
  drawn += 10;
  return `${writtenTime}-${order}-${variant}-${rest}`;
}

/** A bulk load makes many ids in one millisecond: what they begin with is written once. */
function writeTime(): void {
  const high = Math.floor(lastMillis / 0x1_0000_0000);
  const time = hex(high >> 8) + hex(high) + hex(lastMillis >>> 24) + hex(lastMillis >>> 16);
  writtenTime = `${time}-${hex(lastMillis >>> 8)}${hex(lastMillis)}`;
  writtenMillis = lastMillis;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hex = (value: number): string => HEX[value & 0xff]!;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Is this text an id as we write it (lower case, dashed)? */
export const isId = (text: string): boolean => UUID.test(text);
