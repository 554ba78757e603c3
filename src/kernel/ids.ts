import type { Clock } from './clock.js';
import { systemClock } from './clock.js';

let lastMillis = 0;
let counter = 0;

/**
 * UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then a 12-bit counter so that ids of one
 * process sort in the order they were made, then 62 random bits.
 */
export function newId(clock: Clock = systemClock): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = clock.now().getTime();
  if (now > lastMillis) {
    lastMillis = now;
    counter = ((bytes[6]! & 0x07) << 8) | bytes[7]!;
  } else if (++counter > 0xfff) {
    lastMillis += 1;
    counter = 0;
  }
  for (let i = 0, ms = lastMillis; i < 6; i++, ms = Math.floor(ms / 256)) bytes[5 - i] = ms % 256;
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return format(bytes);
}

function format(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Is this text an id as we write it (lower case, dashed)? */
export const isId = (text: string): boolean => UUID.test(text);
