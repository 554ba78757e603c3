import type { ProblemKind } from '../kernel/index.js';
import type { StageInput } from './stage-rows.js';
import type { StageEvent } from './staged.js';

/** What the reading worker is started with. */
export type WorkerInput = StageInput;

/** From the worker. A `Problem` does not survive the way between threads as itself. */
export type FromWorker =
  | { kind: 'event'; event: StageEvent }
  | { kind: 'done' }
  | { kind: 'problem'; problem: SentProblem }
  | { kind: 'bug'; message: string; stack: string | undefined };

export interface SentProblem {
  kind: ProblemKind;
  code: string;
  what: string;
  why: string | null;
  todo: string | null;
}
