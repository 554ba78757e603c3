import type { Actor } from '../store/index.js';
import type { Ctx } from './env.js';
import { notFound } from './query.js';

/** Who is signed in, behind a policy that lets nobody else through. */
export function officer(c: Ctx): Actor {
  const actor = c.get('actor');
  if (!actor) throw notFound();
  return actor;
}
