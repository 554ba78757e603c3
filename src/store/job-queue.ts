import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem, newId } from '../kernel/index.js';
import { sha256 } from './audit/digest.js';
import { problemOfSql } from './sql-problems.js';
import { SYSTEM_ACTOR_ID } from './system-actor.js';
import type { OnProgress, Store, Tx } from './types.js';

export type JobState = 'queued' | 'running' | 'done' | 'failed';

export interface Job {
  jobId: string;
  kind: string;
  state: JobState;
  input: unknown;
  progress: { message?: string; fraction?: number };
  result: unknown;
  problem: unknown;
  attempts: number;
}

/**
 * The work of one kind of job. It may run again after a crash, so it does its writing in one command
 * whose id follows from the job's.
 */
export type JobHandler = (
  job: Job,
  onProgress: OnProgress,
  signal: AbortSignal,
) => Promise<unknown>;

/** A job interrupted by a crash is tried again until it has been begun this often. */
const MAX_ATTEMPTS = 3;
const POLL_MILLIS = 500;
/** Progress is written this often at most: nobody reads faster. */
const PROGRESS_MILLIS = 250;

const COLUMNS = `job_id as "jobId", kind, state, input, progress, result, problem, attempts`;

/**
 * Queues a job in the transaction of the act that asks for it: no act, no job. With `notBefore` it waits
 * until then, however idle everybody is.
 */
export async function enqueueJob(
  tx: Tx,
  kind: string,
  input: unknown,
  { notBefore = null }: { notBefore?: Date | null } = {},
): Promise<string> {
  const jobId = newId(tx.clock);
  await tx.query(
    `insert into jobs (job_id, kind, input, actor_id, scope_keys, created_at, not_before)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ...[jobId, kind, JSON.stringify(input ?? null), tx.actor.id, tx.actor.scopes, tx.now],
      notBefore,
    ],
  );
  return jobId;
}

/** A job of the actor's own; `null` when there is none, or it is of a time when they answered for more. */
export async function readJob(tx: Tx, jobId: string): Promise<Job | null> {
  const { rows } = await tx.query<Job>(`select ${COLUMNS} from jobs where job_id = $1`, [jobId]);
  return rows[0] ?? null;
}

/** Jobs in the name of who answers for a place, waiting or running, oldest first. */
export async function openJobsOf(tx: Tx, scopeKey: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select job_id as id from jobs where state in ('queued', 'running') and $1 = any (scope_keys)
     order by created_at, job_id`,
    [scopeKey],
  );
  return rows.map(({ id }) => id);
}

/** Hands them to who answers for another place. Only the installation may. */
export async function moveJobs(tx: Tx, fromKey: string, toKey: string): Promise<void> {
  await tx.query(
    `update jobs set scope_keys = array_replace(scope_keys, $1, $2)
     where state in ('queued', 'running') and $1 = any (scope_keys)`,
    [fromKey, toKey],
  );
}

/** Queues a job that came to an end once more, not before a time. Only the installation may. */
export async function requeueJob(tx: Tx, jobId: string, notBefore: Date): Promise<void> {
  await tx.query(
    `update jobs set state = 'queued', attempts = 0, not_before = $2, started_at = null,
       finished_at = null
     where job_id = $1 and state in ('done', 'failed')`,
    [jobId, notBefore],
  );
}

/**
 * Works off jobs, one at a time, until `signal`; the one under way is then asked to stop and queued
 * again.
 */
export async function runJobs(
  store: Store,
  handlers: Readonly<Record<string, JobHandler>>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const worked = await runNextJob(store, handlers, signal);
    if (!worked) await sleep(POLL_MILLIS, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Takes the oldest job whose time has come and does it; `false` when there is none. A session lock named
 * after the job is held on a connection meanwhile: when the process dies, the database frees it, and the
 * job is seen to be orphaned without any heartbeat.
 */
export async function runNextJob(
  store: Store,
  handlers: Readonly<Record<string, JobHandler>>,
  signal: AbortSignal,
): Promise<boolean> {
  const client = await store.app.connect();
  try {
    await requeueOrphans(client);
    const job = await claim(store, client, Object.keys(handlers));
    if (!job) return false;
    try {
      await work(store, client, job, handlers[job.kind]!, signal);
    } finally {
      await unlock(client, job.jobId);
    }
    return true;
  } catch (error) {
    throw problemOfSql(error);
  } finally {
    client.release();
  }
}

/**
 * One statement in a transaction of the installation: row security shows a job to its asker and to the
 * installation alone.
 */
async function act<R extends QueryResultRow>(
  client: PoolClient,
  sql: string,
  params: unknown[] = [],
): Promise<QueryResult<R>> {
  await client.query('BEGIN');
  try {
    await client.query(`select set_config('thonban.actor', $1, true)`, [SYSTEM_ACTOR_ID]);
    const result = await client.query<R>(sql, params);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** The lock comes before the state, so that a job seen `running` and unlocked is surely orphaned. */
async function claim(store: Store, client: PoolClient, kinds: string[]): Promise<Job | null> {
  const waiting = await act<{ jobId: string }>(
    client,
    `select job_id as "jobId" from jobs where state = 'queued' and kind = any ($1)
       and (not_before is null or not_before <= $2)
     order by created_at, job_id limit 20`,
    [kinds, store.clock.now()],
  );
  for (const { jobId } of waiting.rows) {
    if (!(await tryLock(client, jobId))) continue;
    const { rows } = await act<Job>(
      client,
      `update jobs set state = 'running', started_at = $2, attempts = attempts + 1
       where job_id = $1 and state = 'queued' returning ${COLUMNS}`,
      [jobId, store.clock.now()],
    );
    if (rows[0]) return rows[0];
    await unlock(client, jobId);
  }
  return null;
}

/** Running jobs that nobody holds: back into the queue, or failed after too many attempts. */
async function requeueOrphans(client: PoolClient): Promise<void> {
  const { rows } = await act<{ jobId: string }>(
    client,
    `select job_id as "jobId" from jobs where state = 'running'`,
  );
  for (const { jobId } of rows) {
    if (!(await tryLock(client, jobId))) continue;
    await act(
      client,
      `update jobs set state = case when attempts < $2 then 'queued' else 'failed' end::job_state,
         problem = case when attempts < $2 then problem else $3::jsonb end
       where job_id = $1 and state = 'running'`,
      [jobId, MAX_ATTEMPTS, JSON.stringify(interrupted().toJSON())],
    );
    await unlock(client, jobId);
  }
}

async function tryLock(client: PoolClient, jobId: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock($1::bigint) as taken',
    [lockKey(jobId)],
  );
  return rows[0]?.taken ?? false;
}

async function unlock(client: PoolClient, jobId: string): Promise<void> {
  await client.query('select pg_advisory_unlock($1::bigint)', [lockKey(jobId)]);
}

async function work(
  store: Store,
  client: PoolClient,
  job: Job,
  handler: JobHandler,
  signal: AbortSignal,
): Promise<void> {
  const reporter = progressReporter(client, job.jobId);
  const end = async (state: JobState, result: unknown, problem: unknown): Promise<void> => {
    await reporter.settled();
    await act(
      client,
      `update jobs set state = $2, result = $3, problem = $4, finished_at = $5 where job_id = $1`,
      [job.jobId, state, jsonOrNull(result), jsonOrNull(problem), store.clock.now()],
    );
  };
  try {
    await end('done', await handler(job, reporter.report, signal), null);
  } catch (error) {
    if (signal.aborted) await end('queued', null, null);
    else await end('failed', null, problemJson(error));
  }
}

function progressReporter(client: PoolClient, jobId: string) {
  let last = -Infinity;
  let writing: Promise<unknown> = Promise.resolve();
  const report: OnProgress = (message, fraction) => {
    if (performance.now() - last < PROGRESS_MILLIS && fraction !== 1) return;
    last = performance.now();
    const progress = JSON.stringify({ message, ...(fraction !== undefined && { fraction }) });
    writing = writing.then(() =>
      act(client, 'update jobs set progress = $2 where job_id = $1', [jobId, progress]),
    );
    writing.catch(() => undefined);
  };
  return { report, settled: () => writing };
}

const jsonOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);

function problemJson(error: unknown): unknown {
  const known = problemOfSql(error);
  if (known instanceof Problem) return known.toJSON();
  const why = error instanceof Error ? error.message : String(error);
  const text = { code: 'internal-error', what: 'Lỗi ngoài dự kiến của phần mềm.', why };
  return new Problem('environment', text).toJSON();
}

function interrupted(): Problem {
  return new Problem('environment', {
    code: 'job-interrupted',
    what: 'Việc này đã bị ngắt giữa chừng nhiều lần nên không làm lại nữa.',
    todo: 'Xem nhật ký hệ thống, rồi yêu cầu làm lại.',
  });
}

/** Apart from the keys of commands by its prefix. */
function lockKey(jobId: string): string {
  return (sha256(`job:${jobId}`).readBigInt64BE(0) & 0x7fff_ffff_ffff_ffffn).toString();
}
