import pg from 'pg';

const OID = { int8: 20, date: 1082 };

/**
 * How values come out of PostgreSQL: `date` stays text (`2025-07-01`; a JS Date would move it by the
 * machine's zone), `bigint` becomes a number while that is exact and text beyond; `numeric` stays
 * text, because no decimal may change on the way.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === OID.date) return (value: string) => value;
    if (oid === OID.int8) return parseInt8;
    return pg.types.getTypeParser(oid, format);
  }) as typeof pg.types.getTypeParser,
};

/** "42" → 42; "9007199254740993" → the same text, since a number could not hold it. */
export function parseInt8(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}
