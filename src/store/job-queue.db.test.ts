import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { Problem } from '../kernel/index.js';
import type { JobHandler } from './job-queue.js';
import { enqueueJob, readJob, runJobs, runNextJob } from './job-queue.js';
import { SYSTEM_ACTOR } from './system-actor.js';
import { withActor } from './with-actor.js';

let store: TestStore;
beforeAll(async () => (store = await testStore()));
afterAll(() => store.close());

const never = new AbortController().signal;
const enqueue = (kind: string, input: unknown = null) =>
  withActor(store, SYSTEM_ACTOR([]), (tx) => enqueueJob(tx, kind, input));
const read = (id: string) => withActor(store, SYSTEM_ACTOR([]), (tx) => readJob(tx, id));

test('a job is done once, with its progress and result kept', async () => {
  const id = await enqueue('double', { n: 21 });
  const double: JobHandler = async (job, onProgress) => {
    onProgress('Đang nhân', 1);
    return (job.input as { n: number }).n * 2;
  };
  expect(await runNextJob(store, { double }, never)).toBe(true);
  expect(await runNextJob(store, { double }, never)).toBe(false);
  expect(await read(id)).toMatchObject({
    state: 'done',
    result: 42,
    attempts: 1,
    progress: { message: 'Đang nhân', fraction: 1 },
  });
});

test('several workers share the queue without doing a job twice', async () => {
  const done: number[] = [];
  const kind = 'share';
  for (let n = 0; n < 12; n++) await enqueue(kind, n);
  const share: JobHandler = async (job) => done.push(job.input as number);
  const worker = async () => {
    while (await runNextJob(store, { share }, never));
  };
  await Promise.all([worker(), worker(), worker()]);
  expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n));
});

test('a failure is kept as a Problem, a job of another kind is left alone', async () => {
  const id = await enqueue('fail');
  const other = await enqueue('unknown-kind');
  const fail: JobHandler = () =>
    Promise.reject(new Problem('refused', { code: 'bad', what: 'Tệp hỏng.' }));
  await runNextJob(store, { fail }, never);
  expect(await read(id)).toMatchObject({ state: 'failed', problem: { problem: { code: 'bad' } } });
  expect(await read(other)).toMatchObject({ state: 'queued' });
});

test('a job whose process died is taken up again, three times at most', async () => {
  const id = await enqueue('orphan');
  const orphaned = (attempts: number) =>
    store.behind((client) =>
      client.query(
        "update jobs set state = 'running', attempts = $2, started_at = now() where job_id = $1",
        [id, attempts],
      ),
    );
  await orphaned(1);
  const orphan: JobHandler = () => Promise.resolve('xong');
  await runNextJob(store, { orphan }, never);
  expect(await read(id)).toMatchObject({ state: 'done', attempts: 2 });
  await orphaned(3);
  await runNextJob(store, { orphan }, never);
  expect(await read(id)).toMatchObject({
    state: 'failed',
    problem: { problem: { code: 'job-interrupted' } },
  });
});

test('stopping puts the job under way back into the queue', async () => {
  const id = await enqueue('slow');
  const stop = new AbortController();
  const slow: JobHandler = (_job, _onProgress, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('stopped')));
      stop.abort();
    });
  await runJobs(store, { slow }, stop.signal);
  expect(await read(id)).toMatchObject({ state: 'queued', attempts: 1 });
});
