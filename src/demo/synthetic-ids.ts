import { mix } from './random.js';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const word = (n: number): string =>
  HEX[(n >>> 24) & 255]! + HEX[(n >>> 16) & 255]! + HEX[(n >>> 8) & 255]! + HEX[n & 255]!;

/** The simulated clock of ids starts here: ids do not tell when a demonstration was made. */
const EPOCH_MS = Date.UTC(2021, 0, 1);

/**
 * Ids of the shape of UUIDv7 that depend on the seed alone: a rising number takes the place of the
 * clock, so that rows of one household lie together in an index.
 */
export function syntheticIds(seed: number): (n: number) => string {
  const salt = mix(seed, 0x5bd1e995);
  return (n) => {
    const ms = EPOCH_MS + Math.floor(n / 4096);
    const high = Math.floor(ms / 65_536);
    const low = ms % 65_536;
    const random = word(mix(n, salt));
    const more = word(mix(n, salt ^ 0x2545f491));
    const variant = HEX[0x80 | ((n * 7) % 64)]!;
    return (
      `${word(high)}-${HEX[low >>> 8]!}${HEX[low & 255]!}-7` +
      `${(n % 4096).toString(16).padStart(3, '0')}-${variant}${random.slice(0, 2)}-` +
      `${random.slice(2)}${more.slice(0, 6)}`
    );
  };
}

/**
 * Who may use which numbers: a household's own rows fit into `PER_HOUSEHOLD` numbers, everything
 * else (places, books, decisions) lies below `FIRST_HOUSEHOLD`.
 */
export const PER_HOUSEHOLD = 64;
export const FIRST_HOUSEHOLD = 1_000_000;

export const SLOTS = { household: 0, rows: 1, events: 8, persons: 20 } as const;

export const householdNumber = (household: number, slot: number): number =>
  FIRST_HOUSEHOLD + household * PER_HOUSEHOLD + slot;
