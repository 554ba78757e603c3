import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '../kernel/index.js';
import { lookFor } from './marking/look.js';
import { stageRows } from './stage-rows.js';
import type { FromWorker, WorkerInput } from './worker-messages.js';

// The reading worker: its heap is limited, so a hostile file ends this thread and nothing else.
const port = parentPort;
if (!port) throw new Error('intake/worker runs as a worker thread');

const send = (message: FromWorker) => port.postMessage(message);

// Events sent ahead of the consumer; each "more" allows one.
let allowed = 0;
let wake: (() => void) | null = null;
port.on('message', () => {
  allowed++;
  wake?.();
});
const permission = async (): Promise<void> => {
  while (allowed === 0) await new Promise<void>((resolve) => (wake = resolve));
  wake = null;
  allowed--;
};

async function main(input: WorkerInput): Promise<void> {
  if ('look' in input) {
    send({ kind: 'looked', marking: await lookFor(input.look) });
    return send({ kind: 'done' });
  }
  for await (const event of stageRows(input.stage)) {
    await permission();
    send({ kind: 'event', event });
  }
  send({ kind: 'done' });
}

main(workerData as WorkerInput).catch((error: unknown) => {
  if (error instanceof Problem) {
    const { kind, code, what, why, todo } = error;
    send({ kind: 'problem', problem: { kind, code, what, why, todo } });
  } else {
    const bug = error instanceof Error ? error : new Error(String(error));
    send({ kind: 'bug', message: bug.message, stack: bug.stack });
  }
});
// Ends the thread when all is said.
