import type { Clock } from './clock.js';
import { systemClock } from './clock.js';

let lastMillis = 0;
let counter = 0;
let writtenMillis = -1;
const time = new Uint8Array(6);

// Random bytes are drawn for 512 ids at once: asking for each costs more than all else here.
const pool = new Uint8Array(512 * 10);
let drawn = pool.length;

const BYTES = 16;

/**
 * UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then a 12-bit counter so that ids of one
 * process sort in the order they were made, then 62 random bits.
 */
export const newId = (clock: Clock = systemClock): string => idText(newIdBytes(clock));

/** The same as its 16 bytes, for loads that send ids as bytes: text would be written and read again. */
export function newIdBytes(clock: Clock = systemClock): Uint8Array {
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
  const id = new Uint8Array(BYTES);
  for (let i = 0; i < 6; i++) id[i] = time[i]!;
  id[6] = 0x70 | (counter >> 8);
  id[7] = counter;
  id[8] = 0x80 | (pool[drawn + 2]! & 0x3f);
  for (let i = 9; i < BYTES; i++) id[i] = pool[drawn + i - 6]!;
  drawn += 10;
  return id;
}

/** A bulk load makes many ids in one millisecond: what they begin with is written once. */
function writeTime(): void {
  const high = Math.floor(lastMillis / 0x1_0000_0000);
  time.set([high >> 8, high, lastMillis >>> 24, lastMillis >>> 16, lastMillis >>> 8, lastMillis]);
  writtenMillis = lastMillis;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** An id as we write it, of its 16 bytes. */
export function idText(id: Uint8Array): string {
  let text = '';
  for (let i = 0; i < BYTES; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += HEX[id[i]!]!;
  }
  return text;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Is this text an id as we write it (lower case, dashed)? */
export const isId = (text: string): boolean => UUID.test(text);
