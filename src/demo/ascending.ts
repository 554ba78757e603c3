/**
 * Positions of `keys` from the lowest to the highest, equal ones in their order. Keys are compared as
 * 32-bit floats. Sorts numbers in which key and position stand together: a comparison function, called
 * millions of times for a province, takes ten times as long.
 */
export function ascending(keys: readonly number[] | Float32Array): Uint32Array {
  const floats = new Float32Array(keys);
  const bits = new Uint32Array(floats.buffer);
  const packed = new BigUint64Array(floats.length);
  const words = new Uint32Array(packed.buffer);
  for (let i = 0; i < bits.length; i++) {
    // 0 and -0 are one key.
    const key = bits[i] === SIGN ? 0 : bits[i]!;
    words[2 * i + LOW] = i;
    // As unsigned numbers, floats then stand in their order: the more negative, the lower.
    words[2 * i + HIGH] = key & SIGN ? ~key : key | SIGN;
  }
  packed.sort();
  const order = new Uint32Array(floats.length);
  for (let i = 0; i < order.length; i++) order[i] = words[2 * i + LOW]!;
  return order;
}

const SIGN = 0x80000000;
/** Which half of a 64-bit number stands first in memory. */
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;
