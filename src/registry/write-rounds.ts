import type { Tx } from '../store/index.js';

/** What a tally is of: all that a figure of one round groups by, and when it came to be known. */
const GROUP = [
  ...['book_id', 'round', 'place_id', 'recognised_status', 'proposed_status', 'head_sex'],
  ...['head_ethnicity_id', 'is_ethnic_minority', 'area_class', 'is_synthetic', 'recorded_at'],
] as const;

const KEY = ['book_id', 'household_id', 'round', 'row_id'] as const;

/** A tally for each group of the rows in `written`; `sign` says whether they begin or cease to count. */
const talliesOf = (sign: '+' | '-'): string => `
  insert into round_tallies (${GROUP.join(', ')}, households, persons, unknown_size)
  select ${GROUP.join(', ')}, ${sign}count(*), ${sign}coalesce(sum(members), 0),
    ${sign}count(*) filter (where members is null)
  from written
  group by ${GROUP.join(', ')}
  returning households`;

/**
 * Runs an INSERT into `household_rounds` and, in the same statement, adds what it wrote to
 * `round_tallies`, from which the figures of a round are counted. With `endRounds` the only door through
 * which rows of a round are written (a test holds every other text to it). Returns the number of rows.
 */
export async function insertRounds(
  tx: Tx,
  insert: string,
  parameters: readonly unknown[] = [],
): Promise<number> {
  const { rows } = await tx.query<{ rows: number }>(
    `with written as (${insert} returning ${GROUP.join(', ')}, members),
     tallied as (${talliesOf('+')})
     select coalesce(sum(households), 0)::integer as rows from tallied`,
    [...parameters],
  );
  return rows[0]!.rows;
}

/**
 * Runs an INSERT into `household_round_endings` and takes the rows it ends out of `round_tallies`, from
 * the moment of the ending on. Returns the number of rows ended.
 */
export async function endRounds(
  tx: Tx,
  insert: string,
  parameters: readonly unknown[] = [],
): Promise<number> {
  const columns = GROUP.map((column) =>
    column === 'recorded_at'
      ? 'greatest(e.recorded_at, r.recorded_at) as recorded_at'
      : `r.${column}`,
  );
  const { rows } = await tx.query<{ ended: number; tallied: number }>(
    `with ended as (${insert} returning ${KEY.join(', ')}, recorded_at),
     written as (
       select ${columns.join(', ')}, r.members
       from ended e
       join household_rounds r on ${KEY.map((column) => `r.${column} = e.${column}`).join(' and ')}
     ),
     tallied as (${talliesOf('-')})
     select (select count(*) from ended)::integer as ended,
       (select -coalesce(sum(households), 0) from tallied)::integer as tallied`,
    [...parameters],
  );
  const { ended, tallied } = rows[0]!;
  // A row that ends outside what the actor may read would go on counting.
  if (ended !== tallied) throw new Error(`${ended} rows ended, ${tallied} of them counted`);
  return ended;
}
