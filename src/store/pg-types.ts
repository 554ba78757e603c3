import pg from 'pg';

/** Numbers of the built-in types, fixed in every PostgreSQL (pg_type.dat). */
const OID = { int8: 20, date: 1082 };

/**
 * How values come out of PostgreSQL: `date` stays text (`2025-07-01`; a JS Date would move it by the
 * machine's zone), `bigint` becomes a number while that is exact and text beyond; `numeric` stays
 * text, because no decimal may change on the way.
 */
export const typeParsers = new pg.TypeOverrides();
typeParsers.setTypeParser(OID.date, (text) => text);
typeParsers.setTypeParser(OID.int8, parseInt8);

/** "42" → 42; "9007199254740993" → the same text, since a number could not hold it. */
export function parseInt8(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}
