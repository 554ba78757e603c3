import { verifyLog } from '../../audit/index.js';
import { newId } from '../../kernel/index.js';
import type { Actor, Store, Tx } from '../../store/index.js';
import { SYSTEM_ACTOR, audit, runCommand, withActor } from '../../store/index.js';
import type { BenchFigure } from './bench-figure.js';
import { median, rounded, withReference } from './bench-figure.js';
import type { BenchInstances } from './bench-instances.js';

const RUNS = 600;
const CLIENTS = 16;
const WRITES_PER_CLIENT = 100;
const ROUNDS = 3;
const SCOPE = 'v:bench';

/** Where the rows go: one place, and a book for each client. */
interface Ground {
  placeId: string;
  books: string[];
}

/**
 * What the audit log costs: the same insert with and without its entry, acts a second of sixteen people
 * at once (each in a book of their own, all in one book), and how fast it is all added up again.
 */
export async function benchAudit(instances: BenchInstances): Promise<BenchFigure[]> {
  const dataDir = instances.emptyDirectory();
  // Two of them: the connections of one would make the sixteen take turns.
  const stores = [await instances.open(dataDir), await instances.open(dataDir)] as const;
  try {
    const ground = await prepare(stores[0]);
    const overhead = await overheadOf(stores[0], ground);
    const apart = await writesPerSecond(stores, ground.placeId, (client) => ground.books[client]!);
    const together = await writesPerSecond(stores, ground.placeId, () => ground.books[0]!);
    const note = `${CLIENTS} clients, ${WRITES_PER_CLIENT} commands each, ${ROUNDS} runs`;
    return [
      overhead,
      { name: 'writes-16-clients', value: rounded(apart), unit: 'writes/s', note },
      withReference(
        {
          ...{ name: 'writes-16-clients-one-book', value: rounded(together), unit: 'writes/s' },
          note: `${note}; reference: each in a book of their own`,
        },
        apart,
      ),
      await verifySpeed(stores[0]),
    ];
  } finally {
    for (const store of stores) await store.close();
  }
}

const actor: Actor = SYSTEM_ACTOR([SCOPE]);

async function prepare(store: Store): Promise<Ground> {
  const placeId = newId();
  const books = Array.from({ length: CLIENTS }, () => newId());
  await withActor(store, actor, async (tx) => {
    await tx.query(
      `insert into places (place_id, province_code, kind, name, sort_key, is_simulated)
       values ($1, '20', 'village', 'Thôn Mẫu', 'x', true)`,
      [placeId],
    );
    await tx.query('insert into place_scopes (scope_key, place_id) values ($1, $2)', [
      SCOPE,
      placeId,
    ]);
    for (const book of books) {
      await tx.query(
        `insert into books (book_id, province_code, label, opened_at) values ($1, '20', 'Sổ', $2)`,
        [book, tx.now],
      );
    }
  });
  return { placeId, books };
}

async function insertPerson(tx: Tx, bookId: string, placeId: string): Promise<string> {
  const personId = newId();
  await tx.query(
    `insert into persons (book_id, person_id, place_id, full_name, name_key, is_synthetic,
       recorded_at)
     values ($1, $2, $3, 'Người Mẫu', 'nguoi mau', true, $4)`,
    [bookId, personId, placeId, tx.now],
  );
  return personId;
}

const enter = (tx: Tx, bookId: string, placeId: string, subjectId: string): Promise<string> =>
  audit(tx, {
    ...{ action: 'person.add', subjectKind: 'person', subjectId, bookId, placeId },
    payload: { after: { fullName: 'Người Mẫu', birthYear: 1980, relation: 'head' } },
  });

/** One insert in a transaction of its own, with and without its entry, in turns. */
async function overheadOf(store: Store, { placeId, books }: Ground): Promise<BenchFigure> {
  const bookId = books[0]!;
  const write = (isAudited: boolean) =>
    withActor(store, actor, async (tx) => {
      const id = await insertPerson(tx, bookId, placeId);
      if (isAudited) await enter(tx, bookId, placeId, id);
    });
  const times: [number[], number[]] = [[], []];
  for (let run = -20; run < RUNS; run++) {
    for (const isAudited of [false, true]) {
      const begun = performance.now();
      await write(isAudited);
      if (run >= 0) times[isAudited ? 1 : 0].push(performance.now() - begun);
    }
  }
  const note = `one insert and its commit, ${RUNS} in turns; reference: without the entry`;
  const value = rounded(median(times[1]));
  return withReference({ name: 'audit-per-write', value, unit: 'ms', note }, median(times[0]));
}

async function writesPerSecond(
  stores: readonly [Store, Store],
  placeId: string,
  bookOf: (client: number) => string,
): Promise<number> {
  const client = async (number: number, store: Store): Promise<void> => {
    const bookId = bookOf(number);
    for (let i = 0; i < WRITES_PER_CLIENT; i++) {
      const input = { bookId, number, i };
      const command = { commandId: newId(), name: 'person.add', permission: 'own' as const };
      await runCommand(store, { actor, ...command, input }, async (tx) => {
        const id = await insertPerson(tx, bookId, placeId);
        await enter(tx, bookId, placeId, id);
      });
    }
  };
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    await Promise.all(
      Array.from({ length: CLIENTS }, (_, number) => client(number, stores[number % 2 ? 1 : 0])),
    );
    const seconds = (performance.now() - begun) / 1000;
    rates.push((CLIENTS * WRITES_PER_CLIENT) / seconds);
  }
  return median(rates);
}

/** All that was entered above, added up again. */
async function verifySpeed(store: Store): Promise<BenchFigure> {
  const { ok, entries, entriesPerSecond } = await verifyLog(store);
  const expected = RUNS + 20 + 2 * ROUNDS * CLIENTS * WRITES_PER_CLIENT;
  if (!ok || entries !== expected) throw new Error(`${entries} entries of ${expected} add up`);
  const note = 'fields, payload and chain of every entry; single run';
  return {
    ...{ name: 'audit-verify', value: entriesPerSecond, unit: 'entries/s', rows: entries },
    note,
  };
}
