import type { Ctx } from './env.js';

/** The text fields of a posted form; files are read where they are expected. */
export async function fields(c: Ctx): Promise<Record<string, string | undefined>> {
  const body = await c.req.parseBody();
  const texts = Object.entries(body).filter((entry): entry is [string, string] => {
    return typeof entry[1] === 'string';
  });
  return Object.fromEntries(texts);
}
