import type { MiddlewareHandler } from 'hono';
import { networkOf } from '../access/index.js';
import { Problem } from '../kernel/index.js';
import { clientAddress } from './client.js';
import type { Ctx, Env } from './env.js';

/** Made-up addresses must not fill the memory; the least recently seen give way. */
const MOST_KEYS = 10_000;
const MINUTE_MS = 60_000;

interface Bucket {
  left: number;
  at: number;
}

/** Requests of one kind that one source may still make: full at first, refilled evenly. */
export class Buckets {
  private readonly byKey = new Map<string, Bucket>();
  private readonly perMinute: number;

  constructor(perMinute: number) {
    this.perMinute = perMinute;
  }

  /**
   * Takes one request at `now` (ms).
   * @returns 0 when it may go on, else after how many seconds it may be made
   */
  take(key: string, now: number): number {
    const { perMinute } = this;
    const known = this.byKey.get(key);
    const refilled = known ? ((now - known.at) / MINUTE_MS) * perMinute : 0;
    const left = Math.min(perMinute, (known?.left ?? perMinute) + Math.max(refilled, 0));
    this.byKey.delete(key);
    this.byKey.set(key, { left: left < 1 ? left : left - 1, at: now });
    if (this.byKey.size > MOST_KEYS) this.byKey.delete(this.byKey.keys().next().value!);
    return left < 1 ? Math.max(1, Math.ceil(((1 - left) / perMinute) * 60)) : 0;
  }

  get size(): number {
    return this.byKey.size;
  }
}

/** `address`: each network apart. `session`: each person; the public by address. Or a key of one’s own. */
export type LimitBy = 'address' | 'session' | ((c: Ctx) => string | null);

export interface RateLimit {
  /** What is limited, for the log of whoever reads the code: `sign-in`. */
  name: string;
  perMinute: number;
  /** Whose requests are counted together; `null` from a function of one's own: not counted. */
  by: LimitBy;
}

/**
 * Stops whoever asks too often, with a sentence and `Retry-After` (429). Kept in memory, for each
 * process and each limit apart; what must survive a restart is in the database (`attempts.ts`).
 */
export function rateLimit({ name, perMinute, by }: RateLimit): MiddlewareHandler<Env> {
  const buckets = new Buckets(perMinute);
  return async (c, next) => {
    const key = keyOf(c, by);
    const waitSeconds = key === null ? 0 : buckets.take(key, c.get('clock').now().getTime());
    if (waitSeconds > 0) throw tooOften(name, waitSeconds);
    await next();
  };
}

function keyOf(c: Ctx, by: LimitBy): string | null {
  if (typeof by === 'function') return by(c);
  const person = by === 'session' ? c.get('actor')?.id : undefined;
  // Without a server there is no address, and all are one.
  return person ?? networkOf(clientAddress(c) ?? '');
}

const tooOften = (limit: string, waitSeconds: number): Problem =>
  new Problem('too-many', {
    code: 'too-often',
    what: 'Thao tác quá nhanh so với mức cho phép.',
    why: 'Hệ thống giới hạn số lần trong một phút để mọi người cùng dùng được.',
    todo: `Chờ ${waitSeconds} giây rồi thử lại.`,
    details: { waitSeconds, limit },
  });
