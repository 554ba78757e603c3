import { buildSync } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { WorkerInput } from './worker-messages.js';

/**
 * Starts the reading worker. Compiled, it is a file beside this one; run from source (tests), the
 * thread cannot load TypeScript, so its code is bundled in memory first.
 */
export function startWorker(input: WorkerInput, heapMb: number): Worker {
  const options = {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 128 },
    execArgv: [],
  };
  if (import.meta.url.endsWith('.js')) {
    return new Worker(new URL('./worker.js', import.meta.url), options);
  }
  return new Worker(bundledWorker(), { ...options, eval: true });
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
