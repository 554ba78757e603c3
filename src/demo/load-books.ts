import { scopeOfProvince } from '../areas/index.js';
import type { OnProgress, Store, Tx } from '../store/index.js';
import { CopyBuffer, SYSTEM_ACTOR, bulkInsert, withActor } from '../store/index.js';
import { STATUS } from './assign-statuses.js';
import type { Household } from './household.js';
import { makeHousehold } from './household.js';
import type { Founder } from './life.js';
import { ENTRY } from './population.js';
import type { RowContext } from './rows.js';
import {
  EARLIER_COLUMNS,
  EVENT_COLUMNS,
  HOUSEHOLD_COLUMNS,
  MEMBERSHIP_COLUMNS,
  PERSON_COLUMNS,
  ROUND_COLUMNS,
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

export const bookNumber = (book: number): number => 10_000 + book;

/** Transactions side by side, and about how many households each of them writes. */
const LANES = 2;
const HOUSEHOLDS_PER_BATCH = 3_000;

interface Batch {
  books: number[];
  households: number[];
}

/**
 * Writes every household of the province, whole books per transaction. A book that is there already
 * is left alone, so that an interrupted load can be taken up again.
 */
export async function loadBooks(
  store: Store,
  province: Province,
  context: SharedContext,
  onProgress: OnProgress,
): Promise<void> {
  const batches = batchesOf(province);
  const total = province.population.size;
  let done = 0;
  const actor = SYSTEM_ACTOR([scopeOfProvince(province.pack.provinceCode)]);
  const lane = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const { books, households } = batch;
      await withActor(store, actor, (tx) =>
        loadBatch(tx, province, { books, households }, context),
      );
      done += households.length;
      onProgress(`Đang ghi hộ mô phỏng: ${done} / ${total} hộ`, done / total);
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const result of lanes) if (result.status === 'rejected') throw result.reason;
}

function batchesOf({ plan, population }: Province): Batch[] {
  const ofBook: number[][] = plan.communes.map(() => []);
  for (let i = 0; i < population.size; i++) ofBook[population.book[i]!]!.push(i);
  const batches: Batch[] = [];
  let batch: Batch = { books: [], households: [] };
  ofBook.forEach((households, book) => {
    batch.books.push(book);
    batch.households.push(...households);
    if (batch.households.length < HOUSEHOLDS_PER_BATCH) return;
    batches.push(batch);
    batch = { books: [], households: [] };
  });
  if (batch.books.length > 0) batches.push(batch);
  return batches;
}

async function loadBatch(
  tx: Tx,
  province: Province,
  batch: Batch,
  shared: SharedContext,
): Promise<void> {
  const opened = await openBooks(tx, province, batch.books);
  if (opened.size === 0) return;
  const households = batch.households.filter((i) => opened.has(province.population.book[i]!));
  for (const { table, columns, buffer } of writeBatch(province, households, shared)) {
    await bulkInsert(tx, table, columns, buffer);
  }
}

/** Makes the batch's households, each once, and keeps no more of them than the text of their rows. */
function writeBatch(province: Province, indices: readonly number[], shared: SharedContext) {
  const { population, plan, idOf } = province;
  const table = (name: string, columns: readonly string[]) => {
    return { table: name, columns, buffer: new CopyBuffer() };
  };
  const households = table('households', HOUSEHOLD_COLUMNS);
  const persons = table('persons', PERSON_COLUMNS);
  const memberships = table('memberships', MEMBERSHIP_COLUMNS);
  const rounds = table('household_rounds', ROUND_COLUMNS);
  const earlier = table('earlier_statuses', EARLIER_COLUMNS);
  const events = table('household_events', EVENT_COLUMNS);
  const founders = new Map<number, Founder>();
  let book = -1;
  let serial = 0;
  for (const index of indices) {
    serial = population.book[index] === book ? serial + 1 : 1;
    book = population.book[index]!;
    const fieldCode = `${plan.communes[book]!.code}-${String(serial).padStart(4, '0')}`;
    const household = makeHousehold(province, index, founders, fieldCode);
    const c = { ...shared, bookId: idOf(bookNumber(book)) };
    households.buffer.add(householdRow(household, c));
    for (const row of personRows(household, c)) persons.buffer.add(row);
    for (const row of membershipRows(household, c)) memberships.buffer.add(row);
    for (const year of household.years) rounds.buffer.add(roundRow(household, year, c));
    for (const row of earlierRows(province, household, c)) earlier.buffer.add(row);
    for (const row of eventRows(household, c)) events.buffer.add(row);
  }
  return [households, persons, memberships, rounds, earlier, events];
}

function earlierRows(province: Province, household: Household, c: RowContext) {
  const { population, statuses, targets } = province;
  const status = statuses.earlier[household.index]!;
  if (population.entryKind[household.index] !== ENTRY.initial || status === 0) return [];
  const word = status === STATUS.poor ? 'poor' : 'near_poor';
  return [earlierRow(household, word, targets.earlier, c)];
}

/** Opens those of the books that are not there yet; a book that is there has its households. */
async function openBooks(
  tx: Tx,
  province: Province,
  books: readonly number[],
): Promise<Set<number>> {
  const { plan, pack, idOf } = province;
  const units = books.map((book) => plan.communes[book]!);
  const { rows } = await tx.query<{ book_id: string }>(
    `insert into books (book_id, province_code, label, opened_for_unit_code,
       opened_for_unit_valid_from, opened_at)
     select book_id, $1, label, code, valid_from, $2
     from unnest($3::uuid[], $4::text[], $5::text[], $6::date[]) as b(book_id, label, code, valid_from)
     on conflict (book_id) do nothing
     returning book_id`,
    [
      pack.provinceCode,
      tx.now,
      books.map((book) => idOf(bookNumber(book))),
      units.map((unit) => `Sổ mô phỏng ${unit.name}`),
      units.map((unit) => unit.code),
      units.map((unit) => unit.validFrom),
    ],
  );
  const opened = new Set(rows.map((row) => row.book_id));
  return new Set(books.filter((book) => opened.has(idOf(bookNumber(book)))));
}
