import { parentPort } from 'node:worker_threads';
import { Problem } from '../kernel/index.js';
import { lookFor } from './marking/look.js';
import { messageOf } from './rows-message.js';
import { stageRows } from './stage-rows.js';
import type { RowRead } from './staged.js';
import type { FromWorker, ToWorker, WorkerInput } from './worker-messages.js';

// The reading worker: its heap is limited, so a hostile file ends this thread and nothing else. It does
// one piece of work after the other; whoever started it ends it.
const port = parentPort;
if (!port) throw new Error('intake/worker runs as a worker thread');

const send = (message: FromWorker, moved: readonly ArrayBuffer[] = []) =>
  port.postMessage(message, moved);

// Events that may be sent ahead of the consumer.
let allowed = 0;
let wake: (() => void) | null = null;
port.on('message', (message: ToWorker) => {
  if ('work' in message) {
    allowed = 0;
    work(message.work).catch(sendError);
    return;
  }
  allowed += message.more;
  wake?.();
});
const permission = async (): Promise<void> => {
  while (allowed === 0) await new Promise<void>((resolve) => (wake = resolve));
  wake = null;
  allowed--;
};

async function work(input: WorkerInput): Promise<void> {
  if ('look' in input) {
    send({ kind: 'looked', marking: await lookFor(input.look) });
    return;
  }
  for await (const event of stageRows(input.stage)) {
    await permission();
    if (event.kind === 'rows') sendRows(event.sheet, event.rows);
    else send({ kind: 'event', event });
  }
  send({ kind: 'done' });
}

function sendRows(sheet: string, rows: readonly RowRead[]): void {
  const message = messageOf(rows);
  send({ kind: 'event', event: { kind: 'rows', sheet, message } }, [message.raws.buffer]);
}

function sendError(error: unknown): void {
  if (error instanceof Problem) {
    const { kind, code, what, why, todo } = error;
    send({ kind: 'problem', problem: { kind, code, what, why, todo } });
  } else {
    const bug = error instanceof Error ? error : new Error(String(error));
    send({ kind: 'bug', message: bug.message, stack: bug.stack });
  }
}
