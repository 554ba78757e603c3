import { Agent, get } from 'node:http';
import type { LoadRequest, LoadResult } from './load.js';

// A program of its own, started by `runLoad`. It asks nobody but this very machine.
const request = JSON.parse(process.argv[2] ?? '{}') as LoadRequest;
const { hostname } = new URL(request.url);
if (!['127.0.0.1', '[::1]', 'localhost'].includes(hostname)) {
  throw new RangeError(`the load generator asks only this machine, not ${hostname}`);
}
const agent = new Agent({ keepAlive: true, maxSockets: request.clients });

function once(): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = get(request.url, { agent }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode === 200));
      answer.once('error', () => resolve(false));
    });
    sent.setTimeout(30_000, () => sent.destroy(new Error('no answer within 30 s')));
    sent.once('error', () => resolve(false));
  });
}

const latencies: number[] = [];
let errors = 0;
let left = request.requests;

async function client(): Promise<void> {
  while (left > 0) {
    left--;
    const begun = performance.now();
    if (await once()) latencies.push(performance.now() - begun);
    else errors++;
  }
}

const begun = performance.now();
await Promise.all(Array.from({ length: request.clients }, client));
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage();
const result: LoadResult = { latencies, errors, seconds, cpuSeconds: (user + system) / 1e6 };
process.send?.(result);
agent.destroy();
process.disconnect();
