import { setImmediate as nextTurn } from 'node:timers/promises';
import { CopyBuffer } from '../store/index.js';
import { STATUS } from './assign-statuses.js';
import type { Household } from './household.js';
import { makeHousehold } from './household.js';
import type { Founder } from './life.js';
import { ENTRY } from './population.js';
import type { LoadedTable, RowContext } from './rows.js';
import {
  EARLIER,
  EVENTS,
  HOUSEHOLDS,
  MEMBERSHIPS,
  PERSONS,
  ROUNDS,
  earlierRow,
  eventRows,
  householdRow,
  membershipRows,
  personRows,
  roundRow,
} from './rows.js';
import type { Province } from './skeleton.js';

/** What all books share in their rows. */
export type SharedContext = Omit<RowContext, 'bookId'>;

/** The types of a table's columns, by the name of the table. */
export type TypesByTable = ReadonlyMap<string, readonly string[]>;

export const bookNumber = (book: number): number => 10_000 + book;

/** Whole books, of about so many households together. */
const HOUSEHOLDS_PER_BATCH = 5_000;
/** After so many, answers of the database that have come in meanwhile are read. */
const HOUSEHOLDS_PER_TURN = 50;

export interface MadeBatch {
  books: readonly number[];
  households: number;
  /** In the order in which they refer to one another. */
  tables: readonly MadeTable[];
}

interface MadeTable {
  table: LoadedTable;
  rows: CopyBuffer;
}

/**
 * Makes the households of the books, batch by batch, and keeps no more of them than the text of their
 * rows. Asked by several at once, it still makes one batch at a time, in order.
 */
export async function* makeBatches(
  province: Province,
  books: readonly number[],
  shared: SharedContext,
  types: TypesByTable,
): AsyncGenerator<MadeBatch, undefined> {
  for (const batch of batchesOf(province, books)) {
    yield await makeBatch(province, batch, shared, emptyTables(types));
  }
}

interface Batch {
  books: number[];
  households: number[];
}

function batchesOf({ plan, population }: Province, books: readonly number[]): Batch[] {
  const ofBook: number[][] = plan.communes.map(() => []);
  for (let i = 0; i < population.size; i++) ofBook[population.book[i]!]!.push(i);
  const batches: Batch[] = [];
  let batch: Batch = { books: [], households: [] };
  for (const book of books) {
    batch.books.push(book);
    batch.households.push(...ofBook[book]!);
    if (batch.households.length < HOUSEHOLDS_PER_BATCH) continue;
    batches.push(batch);
    batch = { books: [], households: [] };
  }
  if (batch.books.length > 0) batches.push(batch);
  return batches;
}

async function makeBatch(
  province: Province,
  batch: Batch,
  shared: SharedContext,
  tables: Tables,
): Promise<MadeBatch> {
  const { population, plan, idOf } = province;
  const founders = new Map<number, Founder>();
  let book = -1;
  let serial = 0;
  for (const [made, index] of batch.households.entries()) {
    if (made % HOUSEHOLDS_PER_TURN === 0) await nextTurn();
    serial = population.book[index] === book ? serial + 1 : 1;
    book = population.book[index]!;
    const fieldCode = `${plan.communes[book]!.code}-${String(serial).padStart(4, '0')}`;
    const household = makeHousehold(province, index, founders, fieldCode);
    const c = { ...shared, bookId: idOf(bookNumber(book)) };
    addHousehold(tables, province, household, c);
  }
  return {
    books: batch.books,
    households: batch.households.length,
    tables: Object.values(tables),
  };
}

type Tables = ReturnType<typeof emptyTables>;

/** Every table of the load. */
export const TABLES: readonly LoadedTable[] = [
  HOUSEHOLDS,
  PERSONS,
  MEMBERSHIPS,
  ROUNDS,
  EARLIER,
  EVENTS,
];

function emptyTables(types: TypesByTable) {
  const made = (table: LoadedTable): MadeTable => ({
    table,
    rows: new CopyBuffer(types.get(table.name)!),
  });
  return {
    households: made(HOUSEHOLDS),
    persons: made(PERSONS),
    memberships: made(MEMBERSHIPS),
    rounds: made(ROUNDS),
    earlier: made(EARLIER),
    events: made(EVENTS),
  };
}

function addHousehold(
  tables: Tables,
  province: Province,
  household: Household,
  c: RowContext,
): void {
  tables.households.rows.add(householdRow(household, c));
  for (const row of personRows(household, c)) tables.persons.rows.add(row);
  for (const row of membershipRows(household, c)) tables.memberships.rows.add(row);
  for (const year of household.years) tables.rounds.rows.add(roundRow(household, year, c));
  for (const row of earlierRows(province, household, c)) tables.earlier.rows.add(row);
  for (const row of eventRows(household, c)) tables.events.rows.add(row);
}

function earlierRows(province: Province, household: Household, c: RowContext) {
  const { population, statuses, targets } = province;
  const status = statuses.earlier[household.index]!;
  if (population.entryKind[household.index] !== ENTRY.initial || status === 0) return [];
  const word = status === STATUS.poor ? 'poor' : 'near_poor';
  return [earlierRow(household, word, targets.earlier, c)];
}
