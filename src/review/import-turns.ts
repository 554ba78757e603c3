import { Problem } from '../kernel/index.js';
import type { Store } from '../store/index.js';

/** Each has a connection of the pool for as long as it reads, and a worker with its memory. */
const AT_ONCE = 2;
/** Files on the disk that wait for their turn. */
const WAITING = 50;

interface Queue {
  running: number;
  waiting: (() => void)[];
}

const queues = new WeakMap<Store, Queue>();

/**
 * Lets the imports of one process take turns, so that many files at once slow each other down and not
 * the pages of everybody else. @throws Problem `imports-busy` when too many wait already
 */
export async function inTurn<T>(store: Store, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(store) ?? { running: 0, waiting: [] };
  queues.set(store, queue);
  if (queue.running < AT_ONCE) queue.running++;
  else {
    if (queue.waiting.length >= WAITING) throw busy();
    // Whoever ends hands its place over: `running` stays as it is.
    await new Promise<void>((resolve) => queue.waiting.push(resolve));
  }
  try {
    return await work();
  } finally {
    const next = queue.waiting.shift();
    if (next) next();
    else queue.running--;
  }
}

const busy = (): Problem =>
  new Problem('environment', {
    code: 'imports-busy',
    what: 'Đang có quá nhiều tệp chờ đọc.',
    todo: 'Thử lại sau ít phút.',
  });
