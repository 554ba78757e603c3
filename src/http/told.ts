import { Problem } from '../kernel/index.js';

const MENDABLE: ReadonlySet<string> = new Set(['refused', 'usage', 'conflict', 'too-large']);

/** What a person can mend on the page itself is told there; the rest looks as everywhere. */
export const isTold = (error: unknown): error is Problem =>
  error instanceof Problem && MENDABLE.has(error.kind);
