import { setTimeout as sleep } from 'node:timers/promises';
import { MOVE_JOB } from '../access/index.js';
import { runNextJob } from '../store/index.js';
import type { JobHandler, Store } from '../store/index.js';
import { carryOutOfficeMove } from './office-moves.js';

/** How each kind of job is done. */
export const jobHandlers = (store: Store): Readonly<Record<string, JobHandler>> => ({
  [MOVE_JOB]: async ({ input }) => {
    const { moveId } = input as { moveId: string };
    const { state, problem } = await carryOutOfficeMove(store, moveId);
    return { state, ...(problem && problem.toJSON()) };
  },
});

/** Nothing that waits for its day is in a hurry. */
const REST_MILLIS = 15_000;

/** Works off what is due while the site is served; a failure is told, and tried again after a rest. */
export function keepJobs(
  store: Store,
  {
    onProblem,
    restMillis = REST_MILLIS,
  }: { onProblem: (error: unknown) => void; restMillis?: number },
): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = (async () => {
    while (!signal.aborted) {
      const worked = await runNextJob(store, jobHandlers(store), signal).catch((error: unknown) => {
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
