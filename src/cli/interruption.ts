import { Problem } from '../kernel/index.js';

/** A signal again within this time is the same wish: a terminal and `npm` may both pass one on. */
const SAME_WISH_MILLIS = 1_000;

/**
 * Ctrl-C and its like: the first one asks for an orderly end, through `signal`. A later one, from
 * somebody who will not wait, asks to end at once, and leaves the database for the next start to adopt.
 */
export class Interruption {
  readonly #abort = new AbortController();
  readonly #isBeside: boolean;
  readonly #now: () => number;
  #since: number | null = null;

  /** @param isBeside a child of a service, which waits for us: we always end in order */
  constructor(isBeside: boolean, now: () => number = () => performance.now()) {
    this.#isBeside = isBeside;
    this.#now = now;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What to do about a signal of the system; the first one has set off the end by itself. */
  ask(signal: NodeJS.Signals): 'end-in-order' | 'end-at-once' {
    if (this.#since === null) {
      this.#since = this.#now();
      this.#abort.abort(interrupted(signal));
    }
    const isSameWish = this.#now() - this.#since < SAME_WISH_MILLIS;
    return this.#isBeside || isSameWish ? 'end-in-order' : 'end-at-once';
  }
}

const interrupted = (signal: NodeJS.Signals): Problem =>
  new Problem('environment', {
    code: 'interrupted',
    what: 'Đã dừng theo yêu cầu.',
    details: { signal },
  });
