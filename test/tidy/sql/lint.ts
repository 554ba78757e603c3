import { checkDefinition, checkForcing, checkTables } from './definition-rules.js';
import type { Finding } from './query-rules.js';
import { checkQueries } from './query-rules.js';
import type { Schema } from './schema.js';
import { readSchema } from './schema.js';
import { statementsOf } from './tokens.js';

/** A script or a statement, and where it comes from. */
export interface Sql {
  origin: string;
  text: string;
}

export interface LocatedFinding extends Finding {
  origin: string;
}

/** The schema that migrations and views make. */
export const schemaOf = (scripts: readonly Sql[]): Schema =>
  readSchema(scripts.map((script) => script.text));

/** Every rule over the tables and over each statement of each script. */
export function lintScripts(scripts: readonly Sql[], schema: Schema): LocatedFinding[] {
  const ofTables = checkTables(schema).map((found) => ({ ...found, origin: 'tables' }));
  return [...ofTables, ...scripts.flatMap((script) => lintStatement(script, schema))];
}

/** Every rule over the statements of one text. */
export function lintStatement({ origin, text }: Sql, schema: Schema): LocatedFinding[] {
  try {
    const statements = statementsOf(text);
    const findings = statements.flatMap((nodes) => [
      ...checkDefinition(nodes, schema),
      ...checkQueries(nodes, schema),
    ]);
    return [...findings, ...checkForcing(statements, schema)].map((one) => ({ ...one, origin }));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [{ rule: 'unreadable', message: error.message, origin }];
  }
}

/** Findings as lines for a test to print. */
export const describe = (findings: readonly LocatedFinding[]): string[] =>
  findings.map(({ origin, rule, message }) => `${origin}: ${rule}: ${message}`);
