/**
 * The one kind of error that people see: what happened, why, and what to do next.
 * `kind` decides the exit code of a command and the status of a page (see `exitCodeOf`, `httpStatusOf`).
 */
export type ProblemKind =
  | 'refused' // the input was understood and is not acceptable
  | 'too-large' // more was sent than is taken in at once
  | 'usage' // the command or request was put wrongly
  | 'environment' // the machine, the database or the disk does not allow it
  | 'not-found' // no such thing, or none that you may see
  | 'forbidden' // you are known, and this is not yours to do
  | 'conflict' // somebody was faster, or it was done already
  | 'too-many'; // too often in a short time: wait, as `details.waitSeconds` says

export interface ProblemText {
  /** Stable, ASCII, kebab-case: `file-too-large`. */
  code: string;
  /** One sentence: what happened. */
  what: string;
  /** Why, as far as it is known. */
  why?: string;
  /** What the person can do now. */
  todo?: string;
  /** Further facts for machines and for the page (a row number, candidates). */
  details?: Record<string, unknown>;
}

export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly code: string;
  readonly what: string;
  readonly why: string | null;
  readonly todo: string | null;
  readonly details: Record<string, unknown>;

  constructor(kind: ProblemKind, text: ProblemText, cause?: unknown) {
    super([text.what, text.why, text.todo].filter(Boolean).join(' '), { cause });
    this.name = 'Problem';
    this.kind = kind;
    this.code = text.code;
    this.what = text.what;
    this.why = text.why ?? null;
    this.todo = text.todo ?? null;
    this.details = text.details ?? {};
  }

  toJSON(): Record<string, unknown> {
    const { code, what, why, todo, details } = this;
    // The details come first: a unit code among them never takes the place of the problem's own code.
    return { problem: { ...details, code, what, why, todo } };
  }
}

const EXIT: Record<ProblemKind, number> = {
  refused: 1,
  'too-large': 1,
  'not-found': 1,
  forbidden: 1,
  conflict: 1,
  'too-many': 1,
  usage: 2,
  environment: 3,
};

const HTTP: Record<ProblemKind, 400 | 403 | 404 | 409 | 413 | 422 | 429 | 503> = {
  refused: 422,
  'too-large': 413,
  usage: 400,
  environment: 503,
  'not-found': 404,
  forbidden: 403,
  conflict: 409,
  'too-many': 429,
};

/** 1 input refused, 2 usage, 3 environment. */
export const exitCodeOf = (problem: Problem): number => EXIT[problem.kind];

export const httpStatusOf = (problem: Problem) => HTTP[problem.kind];
