import { setTimeout as sleep } from 'node:timers/promises';
import { MOVE_JOB, wakeMoves } from '../access/index.js';
import { runNextJob } from '../store/index.js';
import type { JobHandler, Store } from '../store/index.js';
import { carryOutOfficeMove } from './office-moves.js';

type OnProblem = (error: unknown) => void;

/** How each kind of job is done. What goes wrong is told, and kept with the job and with what it is for. */
export const jobHandlers = (
  store: Store,
  onProblem: OnProblem,
): Readonly<Record<string, JobHandler>> => ({
  [MOVE_JOB]: async ({ input }) => {
    const { moveId } = input as { moveId: string };
    const { state, problem } = await carryOutOfficeMove(store, moveId).catch((error: unknown) => {
      onProblem(error);
      throw error;
    });
    if (problem) onProblem(problem);
    return { state, ...(problem && problem.toJSON()) };
  },
});

/** Nothing that waits for its day is in a hurry. */
const REST_MILLIS = 15_000;

/**
 * Works off what is due while the site is served. A failure is told; before each rest, what was to be done
 * by now and is not is queued once more, for later.
 */
export function keepJobs(
  store: Store,
  { onProblem, restMillis = REST_MILLIS }: { onProblem: OnProblem; restMillis?: number },
): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const handlers = jobHandlers(store, (error) => {
    if (!signal.aborted) onProblem(error);
  });
  const once = async (): Promise<boolean> => {
    if (await runNextJob(store, handlers, signal)) return true;
    await wakeMoves(store);
    return false;
  };
  const running = (async () => {
    while (!signal.aborted) {
      const worked = await once().catch((error: unknown) => {
        if (!signal.aborted) onProblem(error);
        return false;
      });
      if (!worked)
        await sleep(restMillis, undefined, { signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
