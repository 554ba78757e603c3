const FREE_ATTEMPTS = 4;
const LONGEST_WAIT_MS = 60_000;
/** Attempts with made-up names must not fill the memory. */
const MOST_NAMES = 10_000;

interface Failures {
  count: number;
  notBefore: number;
}

/**
 * Makes guessing slow, one name at a time. An attempt counts as failed from its beginning, so that
 * many at once gain nothing; success forgives. Kept in memory: a restart forgives too.
 */
export class Attempts {
  private readonly byName = new Map<string, Failures>();

  /**
   * Registers an attempt at `now` (ms).
   * @returns 0 when it may go on, else how many milliseconds to wait
   */
  begin(name: string, now: number): number {
    const known = this.byName.get(name);
    if (known && known.notBefore > now) return known.notBefore - now;
    const count = (known?.count ?? 0) + 1;
    this.byName.delete(name);
    this.byName.set(name, { count, notBefore: now + waitAfter(count) });
    if (this.byName.size > MOST_NAMES) this.byName.delete(this.byName.keys().next().value!);
    return 0;
  }

  succeed(name: string): void {
    this.byName.delete(name);
  }
}

/** 0 for the first four failures, then 2 s, 4 s, 8 s … a minute. */
export function waitAfter(failures: number): number {
  if (failures <= FREE_ATTEMPTS) return 0;
  return Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (failures - FREE_ATTEMPTS));
}
