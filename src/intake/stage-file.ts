import { setImmediate as turn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { Problem } from '../kernel/index.js';
import type { ReadLimits } from './limits.js';
import { DEFAULT_LIMITS } from './limits.js';
import type { SheetMapping } from './mapping.js';
import type { LookInput } from './marking/look.js';
import type { Marking } from './marking/marking.js';
import { rowsOf } from './rows-message.js';
import { fileProblems } from './problems.js';
import type { SentEvent, StageEvent } from './staged.js';
import { releaseWorker, startWorker } from './start-worker.js';
import type { FromWorker, ToWorker } from './worker-messages.js';

export interface StageFileOptions {
  /** Name as the person gave it. */
  fileName: string;
  mapping: SheetMapping;
  limits?: Partial<ReadLimits>;
  signal?: AbortSignal;
}

/** Events the worker may have under way: it reads while the caller writes, and not further. */
const AHEAD = 10;
/** Events taken before the worker is told: each word wakes it. */
const TOLD_EACH = 5;

/**
 * Reads a file in a worker with limits on memory and time, one event after the other. Leaving the
 * loop ends the worker. @throws Problem for every file that is refused
 */
export async function* stageFile(
  path: string,
  options: StageFileOptions,
): AsyncGenerator<StageEvent, void> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { fileName, mapping, signal } = options;
  signal?.throwIfAborted();
  const worker = startWorker({ stage: { path, fileName, mapping, limits } }, limits.heapMb);
  const inbox = collect(worker, limits, signal);
  try {
    const allow = (more: number) => worker.postMessage({ more } satisfies ToWorker);
    allow(AHEAD);
    for (let taken = 1; ; taken++) {
      const message = await inbox.next();
      if (message.kind === 'done') return;
      throwIfFailed(message);
      if (message.kind === 'event') yield received(message.event);
      if (taken % TOLD_EACH === 0) allow(TOLD_EACH);
      // The next event may lie ready: without a turn for others nobody would hear what the database says.
      await turn();
    }
  } finally {
    inbox.close();
    await worker.terminate();
  }
}

const received = (event: SentEvent): StageEvent =>
  event.kind === 'rows' ? { kind: 'rows', sheet: event.sheet, rows: rowsOf(event.message) } : event;

/** What the worker could not do, as it would have been thrown here. */
function throwIfFailed(message: FromWorker): void {
  if (message.kind === 'problem') throw problemOf(message.problem);
  if (message.kind === 'bug') {
    throw new Error(`reading the file failed: ${message.message}`, { cause: message.stack });
  }
}

/**
 * Looks through a file for a marking, in the same worker and within the same limits.
 * @throws Problem for what is no table or must not be opened
 */
export async function lookInWorker(
  input: LookInput,
  signal: AbortSignal | undefined,
): Promise<Marking | null> {
  signal?.throwIfAborted();
  const worker = startWorker({ look: input }, input.limits.heapMb);
  const inbox = collect(worker, input.limits, signal);
  let isClean = false;
  try {
    const message = await inbox.next();
    throwIfFailed(message);
    const marking = message.kind === 'looked' ? message.marking : null;
    isClean = marking === null;
    return marking;
  } finally {
    inbox.close();
    // Nothing of a marked file stays, in no thread's memory either.
    if (isClean) await releaseWorker(worker, input.limits.heapMb);
    else await worker.terminate();
  }
}

function problemOf(sent: Extract<FromWorker, { kind: 'problem' }>['problem']): Problem {
  const { kind, code, what, why, todo } = sent;
  return new Problem(kind, { code, what, ...(why && { why }), ...(todo && { todo }) });
}

/** The worker's messages in order; its death, a time limit and Ctrl-C come as a rejection. */
function collect(worker: Worker, limits: ReadLimits, signal: AbortSignal | undefined) {
  const waiting: FromWorker[] = [];
  let failure: Error | null = null;
  let wake: (() => void) | null = null;
  const fail = (error: Error) => {
    failure ??= error;
    wake?.();
  };
  const onMessage = (message: FromWorker) => {
    waiting.push(message);
    wake?.();
  };
  const onError = (error: Error & { code?: string }) => {
    fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? fileProblems.tooMuchMemory() : error);
  };
  const onExit = () => fail(new Error('the reading worker ended early'));
  worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  const timer = setTimeout(() => fail(fileProblems.tooSlow(limits.timeMs / 1000)), limits.timeMs);
  const stopped = () => new Error('reading was stopped');
  const onAbort = () => fail(stopped());
  signal?.addEventListener('abort', onAbort);
  return {
    async next(): Promise<FromWorker> {
      for (;;) {
        // Before what was read ahead: while the caller writes, there always is some. All else comes after.
        if (signal?.aborted) throw stopped();
        const message = waiting.shift();
        if (message) return message;
        if (failure) throw failure;
        await new Promise<void>((resolve) => (wake = resolve));
        wake = null;
      }
    },
    close(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    },
  };
}
