import { appendFileSync } from 'node:fs';
import type { ClientBase } from 'pg';

/**
 * With THONBAN_SQL_LOG set, every distinct statement this process sends is appended to that file, one
 * JSON string a line: the lint for distributed storage reads what was really sent, not what was meant.
 */
export function logStatements(client: ClientBase, file = process.env['THONBAN_SQL_LOG']): void {
  if (!file) return;
  const send = client.query.bind(client) as (...args: unknown[]) => unknown;
  const logged = (...args: unknown[]) => {
    const text = statementOf(args[0]);
    if (text !== null && !seen.has(text)) {
      seen.add(text);
      appendFileSync(file, `${JSON.stringify(text)}\n`);
    }
    return send(...args);
  };
  client.query = logged as typeof client.query;
}

const seen = new Set<string>();

/** The SQL of what `client.query` takes: text, a config object, or a COPY stream. */
function statementOf(query: unknown): string | null {
  if (typeof query === 'string') return query;
  if (typeof query !== 'object' || query === null || !('text' in query)) return null;
  return typeof query.text === 'string' ? query.text : null;
}
