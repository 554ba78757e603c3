import { scopeOfProvince } from '../areas/index.js';
import type { OnProgress, Store, Tx } from '../store/index.js';
import { SYSTEM_ACTOR, bulkInsert, columnTypes, withActor } from '../store/index.js';
import { allDone } from './all-done.js';
import type { MadeBatch, SharedContext, TypesByTable } from './make-batches.js';
import { TABLES, bookNumber, makeBatches } from './make-batches.js';
import type { Load } from './rows.js';
import type { Province } from './skeleton.js';

/** Transactions side by side: while one batch is being made, another is being written. */
const LANES = 2;

/**
 * Writes every household of the province, whole books per transaction. A book that is there already
 * is left alone, so that an interrupted load can be taken up again.
 */
export async function loadBooks(
  store: Store,
  province: Province,
  context: SharedContext,
  load: Load,
  onProgress: OnProgress,
): Promise<void> {
  const actor = SYSTEM_ACTOR([scopeOfProvince(province.pack.provinceCode)]);
  const [missing, types] = await withActor(
    store,
    actor,
    async (tx) => [await missingBooks(tx, province), await typesOf(tx)] as const,
    { readOnly: true },
  );
  const batches = makeBatches(province, missing, context, types);
  const total = province.population.size;
  let done = 0;
  const lane = async () => {
    for (let next = await batches.next(); !next.done; next = await batches.next()) {
      const batch = next.value;
      await withActor(store, actor, (tx) => loadBatch(tx, province, batch, load));
      done += batch.households;
      onProgress(`Đang ghi hộ mô phỏng: ${done} / ${total} hộ`, done / total);
    }
  };
  await allDone(Array.from({ length: LANES }, lane));
}

async function missingBooks(tx: Tx, { plan, idOf }: Province): Promise<number[]> {
  const { rows } = await tx.query<{ book_id: string }>('select book_id from books');
  const known = new Set(rows.map((row) => row.book_id));
  return plan.communes.map((_, book) => book).filter((book) => !known.has(idOf(bookNumber(book))));
}

async function typesOf(tx: Tx): Promise<TypesByTable> {
  const types = new Map<string, readonly string[]>();
  for (const { name, columns } of TABLES) types.set(name, await columnTypes(tx, name, columns));
  return types;
}

async function loadBatch(tx: Tx, province: Province, batch: MadeBatch, load: Load): Promise<void> {
  // A crash may lose the last books whole, never a part; the command at the end waits for all of them.
  await tx.query('set local synchronous_commit = off');
  await openBooks(tx, province, batch.books);
  for (const { table, rows } of batch.tables) {
    await bulkInsert(tx, table.name, table.columns, rows, table.same(load), table.insert);
  }
}

async function openBooks(tx: Tx, province: Province, books: readonly number[]): Promise<void> {
  const { plan, pack, idOf } = province;
  const units = books.map((book) => plan.communes[book]!);
  await tx.query(
    `insert into books (book_id, province_code, label, opened_for_unit_code,
       opened_for_unit_valid_from, opened_at)
     select book_id, $1, label, code, valid_from, $2
     from unnest($3::uuid[], $4::text[], $5::text[], $6::date[]) as b(book_id, label, code, valid_from)`,
    [
      pack.provinceCode,
      tx.now,
      books.map((book) => idOf(bookNumber(book))),
      units.map((unit) => `Sổ mô phỏng ${unit.name}`),
      units.map((unit) => unit.code),
      units.map((unit) => unit.validFrom),
    ],
  );
}
