import type { Problem } from '../../../kernel/index.js';
import { httpStatusOf } from '../../../kernel/index.js';
import type { Ctx } from '../../env.js';

/** The status of a form drawn again with what was wrong; says when to come back (`Retry-After`). */
export function statusOf(c: Ctx, problem: Problem | null): 200 | 409 | 422 | 429 {
  if (problem === null) return 200;
  const wait = problem.details['waitSeconds'];
  if (typeof wait === 'number') c.header('retry-after', String(wait));
  const status = httpStatusOf(problem);
  return status === 429 || status === 409 ? status : 422;
}
