import { loadPacks } from '../../packs/index.js';
import type { ColumnSet, Rule } from '../../rules/index.js';
import { toColumns, toSql } from '../../rules/index.js';
import type { Store, Tx } from '../../store/index.js';
import { SYSTEM_ACTOR, withActor } from '../../store/index.js';
import type { BenchFigure } from './bench-figure.js';
import { median, rounded, timesOf, withReference } from './bench-figure.js';
import type { HouseholdColumns } from './household-columns.js';
import { FLAGS, classifyByHand, makeColumns } from './household-columns.js';

const RUNS = 7;

/**
 * The rule of PS-2022 over columns of households, unknowns included: compiled from the pack, written by
 * hand, and as SQL. All three must count the same households in each class.
 */
export async function benchClassification(
  store: Store,
  households: number,
): Promise<BenchFigure[]> {
  const rule = loadPacks().standard('PS-2022')?.rule;
  if (!rule) throw new Error('there is no pack PS-2022');
  const columns = makeColumns(households);
  const set: ColumnSet = { area: columns.area, b1: columns.b1, ...flagsOf(columns) };
  const classify = toColumns(rule);
  const expected = tally(rule, classifyByHand(columns, rule.outcomes));
  compare('columns', tally(rule, classify(set, households)), expected);
  const compiled = median(await timesOf(RUNS, () => classify(set, households)));
  const byHand = median(await timesOf(RUNS, () => classifyByHand(columns, rule.outcomes)));
  const sql = await timesInSql(store, rule, columns, expected);
  const rows = households;
  const name = 'classify-columns';
  const figure: BenchFigure = { name, value: rounded(compiled), unit: 'ms', rows };
  const note = 'B1, area and 12 deprivations, a share of each unknown; reference: ';
  return [
    withReference({ ...figure, note: `${note}a hand-written loop` }, byHand),
    withReference({ ...figure, name: `${name}-to-sql`, note: `${note}one SQL expression` }, sql),
  ];
}

const flagsOf = ({ flags }: HouseholdColumns): Record<string, Int8Array> =>
  Object.fromEntries(FLAGS.map((flag, i) => [`deprived_${flag}`, flags[i]!]));

type Tally = Record<string, number>;

function tally(rule: Rule, codes: Uint8Array): Tally {
  const counts: Tally = {};
  for (const code of codes) {
    const outcome = rule.outcomes[code] ?? `code ${code}`;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

function compare(form: string, found: Tally, expected: Tally): void {
  const text = (counts: Tally) => JSON.stringify(Object.entries(counts).sort());
  if (text(found) === text(expected)) return;
  throw new Error(`${form} counts ${text(found)}, the hand-written loop ${text(expected)}`);
}

/** Median milliseconds of counting the classes in SQL, over a temporary table of the same rows. */
function timesInSql(
  store: Store,
  rule: Rule,
  columns: HouseholdColumns,
  expected: Tally,
): Promise<number> {
  const sqlColumns = {
    area: 'area',
    b1: 'b1',
    ...Object.fromEntries(FLAGS.map((flag) => [`deprived_${flag}`, flag])),
  };
  const sql = `select outcome, count(*)::int as households
    from (select ${toSql(rule, sqlColumns)} as outcome from bench_households offset 0) classified
    group by outcome`;
  return withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    await fillTable(tx, columns);
    return median(
      await timesOf(3, async () => {
        const { rows } = await tx.query<{ outcome: string; households: number }>(sql);
        const found = Object.fromEntries(rows.map((row) => [row.outcome, row.households]));
        compare('SQL', found, expected);
      }),
    );
  });
}

const CHUNK = 50_000;

async function fillTable(tx: Tx, { area, b1, flags }: HouseholdColumns): Promise<void> {
  const booleans = FLAGS.map((flag) => `${flag} boolean`).join(', ');
  await tx.query(
    `create temporary table bench_households (area text, b1 float8, ${booleans}) on commit drop`,
  );
  const arrays = FLAGS.map((_, i) => `$${i + 3}::boolean[]`).join(', ');
  for (let from = 0; from < area.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, area.length);
    const flagTexts = flags.map((flag) => truths(flag.subarray(from, to)));
    await tx.query(
      `insert into bench_households select * from unnest($1::text[], $2::float8[], ${arrays})`,
      [areas(area.subarray(from, to)), numbers(b1.subarray(from, to)), ...flagTexts],
    );
  }
}

const areas = (codes: Int8Array) => Array.from(codes, (code) => ['rural', 'urban'][code] ?? null);
const numbers = (values: Float64Array) =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : value));
const truths = (codes: Int8Array) => Array.from(codes, (code) => (code < 0 ? null : code === 1));
