import type { Atom, Condition, Measure, Relation, Rule } from './model.js';
import { NOT_COMPUTABLE } from './model.js';
import { amountValue } from './evaluate.js';
import type { Choice } from './evaluate.js';

/**
 * SQL expressions by fact id: numeric, boolean, and text for enums. Written by the program, never by
 * a user. A fact left out is not known for every row.
 */
export type SqlColumns = Readonly<Record<string, string>>;

const SIGN: Record<Relation, string> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };
const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * Compiles a rule to one SQL expression of type text with the outcome (PostgreSQL 15). SQL's own
 * three-valued AND, OR and NOT are the language's. A query that uses the result more than once
 * should compute it behind an `OFFSET 0` subquery, since the planner would repeat the expression.
 */
export function toSql(rule: Rule, columns: SqlColumns): string {
  if (!rule.splitBy) return tableSql(rule, columns, null);
  const values = [...rule.splitBy.values.keys()];
  const branches = new Map(values.map((value) => [value, tableSql(rule, columns, value)]));
  const [first = '', ...others] = [...branches.values()];
  const agree = others.map((other) => `(${first}) = (${other})`).join(' and ') || 'true';
  const unknown = `case when ${agree} then ${first} else ${quote(NOT_COMPUTABLE)} end`;
  const column = columns[rule.splitBy.id];
  if (column === undefined) return unknown;
  const arms = [...branches].map(([value, sql]) => `when ${quote(value)} then ${sql}`);
  return `case (${column})::text ${arms.join(' ')} else ${unknown} end`;
}

/** The decision table under one choice: a true row decides, else the only outcome still open. */
function tableSql(rule: Rule, columns: SqlColumns, choice: Choice): string {
  const byOutcome = new Map<string, string[]>();
  for (const row of rule.rows) {
    const sql = conditionSql(rule, columns, choice, row.when);
    byOutcome.set(row.outcome, [...(byOutcome.get(row.outcome) ?? []), sql]);
  }
  const groups = [...byOutcome].map(
    ([outcome, parts]) => [outcome, joined(parts, 'or', 'true')] as const,
  );
  const sure = groups.map(([outcome, sql]) => `when ${sql} then ${quote(outcome)}`);
  const last = groups.flatMap(([outcome]) => {
    const closed = groups
      .filter(([other]) => other !== outcome)
      .map(([, sql]) => `${sql} is false`);
    const arm = closed.length === 0 ? 'true' : closed.join(' and ');
    // A false outcome never stands alone: a complete table is never false in every row.
    return [`when ${arm} then ${quote(outcome)}`];
  });
  return `case ${sure.join(' ')} ${last.join(' ')} else ${quote(NOT_COMPUTABLE)} end`;
}

const UNKNOWN = 'null::boolean';

function conditionSql(
  rule: Rule,
  columns: SqlColumns,
  choice: Choice,
  condition: Condition,
): string {
  const sqlOf = (part: Condition) => conditionSql(rule, columns, choice, part);
  switch (condition.op) {
    case 'all':
      return joined(condition.parts.map(sqlOf), 'and', 'false');
    case 'any':
      return joined(condition.parts.map(sqlOf), 'or', 'true');
    case 'not': {
      const part = sqlOf(condition.part);
      return part === UNKNOWN ? UNKNOWN : `(not ${part})`;
    }
    case 'proven':
      return `(${sqlOf(condition.part)} is true)`;
    case 'agree':
      return agreeSql(condition.parts.map(sqlOf));
    default:
      return atomSql(rule, columns, choice, condition);
  }
}

function joined(parts: readonly string[], operator: 'and' | 'or', decisive: string): string {
  if (parts.includes(decisive)) return decisive;
  const distinct = [...new Set(parts)];
  return distinct.length === 1 ? distinct[0]! : `(${distinct.join(` ${operator} `)})`;
}

function agreeSql(parts: readonly string[]): string {
  const known = parts.filter((part) => part !== UNKNOWN);
  if (known.length === 0) return UNKNOWN;
  if (known.length === 1) return known[0]!;
  const isTrue = `(${known.map((part) => `${part} is true`).join(' or ')})`;
  const isFalse = `(${known.map((part) => `${part} is false`).join(' or ')})`;
  return `(case when ${isTrue} then case when ${isFalse} then null else true end
    when ${isFalse} then false end)`.replace(/\s+/g, ' ');
}

function atomSql(rule: Rule, columns: SqlColumns, choice: Choice, atom: Atom): string {
  switch (atom.op) {
    case 'compare': {
      const measure = measureSql(columns, atom.measure);
      const limit = amountValue(rule, atom.amount, choice);
      if (measure === null || limit === null) return UNKNOWN;
      return `(${measure} ${SIGN[atom.relation]} ${limit})`;
    }
    case 'is': {
      if (atom.fact === rule.splitBy?.id) return String(choice === atom.value);
      const column = columns[atom.fact];
      return column === undefined ? UNKNOWN : `((${column})::text = ${quote(atom.value)})`;
    }
    case 'fact':
      return columns[atom.fact] ?? UNKNOWN;
    case 'atLeast':
      return atLeastSql(columns, atom.facts, amountValue(rule, atom.amount, choice));
    default:
      return UNKNOWN;
  }
}

function measureSql(columns: SqlColumns, measure: Measure): string | null {
  if (measure.kind === 'fact') return columns[measure.fact] ?? null;
  const over = columns[measure.over];
  const under = columns[measure.under];
  if (over === undefined || under === undefined) return null;
  // Double precision on both sides: the quotient is the same as in the other forms.
  return `((${over})::float8 / nullif((${under})::float8, 0))`;
}

function atLeastSql(columns: SqlColumns, facts: readonly string[], limit: number | null): string {
  if (limit === null) return UNKNOWN;
  const known = facts.flatMap((fact) => columns[fact] ?? []);
  const missing = facts.length - known.length;
  if (known.length === 0) return facts.length < limit ? 'false' : limit <= 0 ? 'true' : UNKNOWN;
  const low = known.map((column) => `(${column} is true)::int`).join(' + ');
  const high = known.map((column) => `(${column} is not false)::int`).join(' + ');
  const sure = `when ${low} >= ${limit} then true`;
  return `(case ${sure} when ${high} + ${missing} < ${limit} then false end)`;
}
