import type { ProblemKind } from '../kernel/index.js';
import type { LookInput } from './marking/look.js';
import type { Marking } from './marking/marking.js';
import type { StageInput } from './stage-rows.js';
import type { StageEvent } from './staged.js';

/** What the reading worker is started with: a file to read, or one to look through for a marking. */
export type WorkerInput = { stage: StageInput } | { look: LookInput };

/** From the worker. A `Problem` does not survive the way between threads as itself. */
export type FromWorker =
  | { kind: 'event'; event: StageEvent }
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
