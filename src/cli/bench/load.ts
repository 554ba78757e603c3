import { fork } from 'node:child_process';

/** What the load generator is asked to do. */
export interface LoadRequest {
  url: string;
  clients: number;
  /** Requests in all, shared by the clients. */
  requests: number;
}

/** What it saw; latencies in milliseconds, in the order of their end. */
export interface LoadResult {
  latencies: number[];
  errors: number;
  seconds: number;
  /** Seconds of processor time the generator itself took. */
  cpuSeconds: number;
}

const LIMIT_MS = 120_000;

/** Runs the load generator as a process of its own, so that it does not share our event loop. */
export function runLoad(request: LoadRequest): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./load-generator.js', import.meta.url), [JSON.stringify(request)], {
      timeout: LIMIT_MS,
    });
    let result: LoadResult | undefined;
    child.on('message', (message) => (result = message as LoadResult));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (result) resolve(result);
      else
        reject(new Error(`the load generator ended with ${code ?? 'a signal'}, without a result`));
    });
  });
}
