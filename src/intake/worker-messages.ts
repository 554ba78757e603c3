import type { ProblemKind } from '../kernel/index.js';
import type { LookInput } from './marking/look.js';
import type { Marking } from './marking/marking.js';
import type { StageInput } from './stage-rows.js';
import type { SentEvent } from './staged.js';

/** What the reading worker is asked for: to read a file, or to look through it for a marking. */
export type WorkerInput = { stage: StageInput } | { look: LookInput };

/** To the worker: one file after the other, and how many events more of it may be sent. */
export type ToWorker = { work: WorkerInput } | { more: number };

/** From the worker. A `Problem` does not survive the way between threads as itself. */
export type FromWorker =
  | { kind: 'event'; event: SentEvent }
  | { kind: 'looked'; marking: Marking | null }
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
