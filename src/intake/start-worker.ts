import { buildSync } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ToWorker, WorkerInput } from './worker-messages.js';

/** A worker that has done its work well waits so long for the next file. */
const WAITING_MILLIS = 5_000;

interface Spare {
  worker: Worker;
  heapMb: number;
  timer: NodeJS.Timeout;
}

let spare: Spare | null = null;

/** Gives a file to the worker that waits, or to a new one. */
export function startWorker(work: WorkerInput, heapMb: number): Worker {
  const worker = waitingWorker(heapMb) ?? newWorker(heapMb);
  worker.postMessage({ work } satisfies ToWorker);
  return worker;
}

/**
 * For a worker that has ended its work without any error: the file that was looked through is read next,
 * and starting a worker takes as long as reading thousands of rows. The last one waits, the one before
 * ends; none keeps a program from ending.
 */
export async function releaseWorker(worker: Worker, heapMb: number): Promise<void> {
  const before = takeSpare();
  const timer = setTimeout(() => void takeSpare()?.worker.terminate(), WAITING_MILLIS).unref();
  spare = { worker, heapMb, timer };
  worker.unref();
  await before?.worker.terminate();
}

function takeSpare(): Spare | null {
  const taken = spare;
  spare = null;
  if (taken) clearTimeout(taken.timer);
  return taken;
}

/** One with the same bounds that is still alive. */
function waitingWorker(heapMb: number): Worker | null {
  if (spare?.heapMb !== heapMb) return null;
  const worker = takeSpare()!.worker;
  if (worker.threadId === ENDED) return null;
  worker.ref();
  return worker;
}

/** What `threadId` says of a thread that has ended. */
const ENDED = -1;

/**
 * Compiled, the worker is a file beside this one; run from source (tests), the thread cannot load
 * TypeScript, so its code is bundled in memory first.
 */
function newWorker(heapMb: number): Worker {
  const options = {
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 128 },
    execArgv: [],
  };
  const worker = import.meta.url.endsWith('.js')
    ? new Worker(new URL('./worker.js', import.meta.url), options)
    : new Worker(bundledWorker(), { ...options, eval: true });
  // While nobody waits for it, an error that nobody hears would end the program.
  return worker.on('error', () => undefined);
}

let bundle: string | null = null;

function bundledWorker(): string {
  bundle ??= buildSync({
    entryPoints: [fileURLToPath(new URL('./worker.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    write: false,
  }).outputFiles[0]!.text;
  return bundle;
}
