import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { areaRegister } from '../areas/index.js';
import type { PublicDoor } from '../figures/index.js';
import { GROUPINGS, INDICATOR_CODES, publicDoor } from '../figures/index.js';
import type { PlainDate } from '../kernel/index.js';
import { Problem, isWithin, newId } from '../kernel/index.js';
import { endRounds } from '../registry/index.js';
import type { PublicStore } from '../store/index.js';
import {
  SYSTEM_ACTOR,
  atSnapshot,
  openPublicStore,
  runCommand,
  withActor,
} from '../store/index.js';
import type { EditionSource } from './index.js';
import { databaseSource, publish } from './index.js';

const AREA = '20';

let store: TestStore;
let reader: PublicStore;
let source: EditionSource;
beforeAll(async () => {
  store = await testStore({ template: 'published' });
  reader = await openPublicStore({ env: store.env });
  source = await databaseSource(reader);
});
afterAll(async () => {
  await reader.close();
  await store.close();
});

/** An answer, or the problem it is refused with, as bytes. */
const told = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    (answer) => JSON.stringify(answer),
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      return JSON.stringify({ refused: error.kind, ...error.toJSON() });
    },
  );

const day = (text: string) => text as PlainDate;
/** A day of each stretch, the days at its edges, and none. */
const DAYS = [
  ...['2021-12-31', '2024-11-30', '2024-12-01', '2025-03-03', '2025-06-30', '2025-07-01'],
  ...['2030-05-05'],
].map(day);

const areasOn = (on: PlainDate | undefined, referenceDate: PlainDate) =>
  areaRegister()
    .units.filter((unit) => unit.provinceCode === AREA)
    .filter((unit) => isWithin(on ?? referenceDate, unit.validFrom, unit.validTo))
    .map((unit) => unit.code);

/** Asks both doors the same and counts the answers that differ. */
class Comparison {
  asked = 0;
  readonly different: string[] = [];
  readonly #live: PublicDoor;

  constructor(live: PublicDoor) {
    this.#live = live;
  }

  async same(label: string, ask: (door: PublicDoor) => Promise<unknown>): Promise<void> {
    const { door } = await source.current();
    const [live, published] = [await told(ask(this.#live)), await told(ask(door))];
    this.asked += 1;
    if (live !== published) this.different.push(`${label}\n  ${live}\n  ${published}`);
  }
}

/** The live door at one instant: thousands of questions do not each ask for the data version. */
const comparing = (work: (compare: Comparison) => Promise<void>) =>
  atSnapshot(store, (frozen) => work(new Comparison(publicDoor(frozen))));

describe('the published door answers what the live door answers, byte for byte', () => {
  it.each([2021, 2023, 2025])('every area of round %i in every boundaries', (round) =>
    comparing(async (compare) => {
      const { rounds } = await publicDoor(store).instance();
      const { referenceDate } = rounds.find((one) => one.round === round)!;
      for (const boundaries of [undefined, ...DAYS]) {
        const where = { round, ...(boundaries && { boundaries }) };
        const all = areasOn(boundaries, referenceDate);
        // Each area in the stretches' own days, a few of them on the other days.
        const areas = boundaries === undefined || /-(01)$/.test(boundaries) ? all : all.slice(0, 9);
        for (const area of areas) {
          const at = `${area} ${boundaries ?? 'own'}`;
          for (const code of INDICATOR_CODES) {
            await compare.same(`${code} ${at}`, (door) => door.figure({ code, area, ...where }));
          }
          await compare.same(`form 1 ${at}`, (door) => door.form({ form: 1, area, ...where }));
          await compare.same(`bridge ${at}`, (door) => door.boundaryBridge({ area, ...where }));
        }
        for (const code of INDICATOR_CODES) {
          for (const by of GROUPINGS) {
            await compare.same(`${code} by ${by}`, (door) =>
              door.breakdown({ code, by, area: AREA, ...where }),
            );
          }
        }
        for (const form of [2, 3] as const) {
          await compare.same(`form ${form}`, (door) => door.form({ form, area: AREA, ...where }));
        }
      }
      expect(compare.different.slice(0, 3)).toEqual([]);
      expect(compare.asked).toBeGreaterThan(3_500);
    }),
  );

  it('series and bridges, whatever years are asked for', () =>
    comparing(async (compare) => {
      for (const code of INDICATOR_CODES) {
        for (const area of [AREA, '06004', '06040', '178', '99999']) {
          await compare.same(`series ${code} ${area}`, (door) => door.series({ code, area }));
          for (const boundaries of DAYS) {
            await compare.same(`series ${code} ${area} ${boundaries}`, (door) =>
              door.series({ code, area, boundaries, from: 2015, to: 2027 }),
            );
          }
        }
      }
      for (let from = 2020; from <= 2026; from++) {
        for (let to = 2020; to <= 2026; to++) {
          for (const area of [AREA, '06004']) {
            await compare.same(`bridge ${from} ${to}`, (door) => door.bridge({ from, to, area }));
          }
        }
      }
      expect(compare.different.slice(0, 3)).toEqual([]);
      expect(compare.asked).toBeGreaterThan(300);
    }));

  it('what is no question, in the same words', () =>
    comparing(async (compare) => {
      const where = { round: 2025, area: AREA };
      for (const code of ['', 'poverty', '__proto__', 'toString']) {
        await compare.same(`code "${code}"`, (door) => door.figure({ code, ...where }));
        await compare.same(`series "${code}"`, (door) => door.series({ code, area: AREA }));
      }
      for (const area of ['', '01', '99999', '__proto__', '180', 'constructor']) {
        const asked = { round: 2025, area };
        await compare.same(`figure ${area}`, (door) =>
          door.figure({ code: 'poverty-rate', ...asked }),
        );
        await compare.same(`groups ${area}`, (door) =>
          door.breakdown({ code: 'poverty-rate', by: 'sex', ...asked }),
        );
        for (const form of [1, 2, 3] as const) {
          await compare.same(`form ${form} ${area}`, (door) => door.form({ form, ...asked }));
        }
        await compare.same(`bridge ${area}`, (door) => door.boundaryBridge(asked));
      }
      for (const round of [0, 1999, 2026, Number.NaN]) {
        const asked = { round, area: AREA };
        await compare.same(`round ${round}`, (door) =>
          door.figure({ code: 'poverty-rate', ...asked }),
        );
        await compare.same(`round ${round}`, (door) => door.boundaryBridge(asked));
      }
      await compare.same('an early day', (door) =>
        door.figure({ code: 'poverty-rate', ...where, boundaries: day('1900-01-01') }),
      );
      await compare.same('by nothing', (door) =>
        door.breakdown({ code: 'poverty-rate-change', by: 'sex', ...where }),
      );
      expect(compare.different).toEqual([]);
      expect(compare.asked).toBeGreaterThan(40);
    }));

  it('the comparison is able to fail', async () => {
    const compare = new Comparison(publicDoor(store));
    const { door } = await source.current();
    await compare.same('another question', (one) =>
      one.figure({ code: 'poverty-rate', round: one === door ? 2024 : 2025, area: AREA }),
    );
    expect(compare.different).toHaveLength(1);
  });
});

describe('publishing', () => {
  const act = (work: Parameters<typeof runCommand>[2] = () => Promise.resolve(null)) =>
    runCommand(
      store,
      {
        ...{ actor: SYSTEM_ACTOR(['p:20']), commandId: newId(), name: 'test' },
        ...{ permission: 'own' as const, input: {} },
      },
      work,
    );

  const entries = () =>
    store.behind(async (client) => {
      const { rows } = await client.query<{ payload: { changed: number } }>(
        "select payload from audit_entries where action = 'publication.publish' order by recorded_at",
      );
      return rows.map((row) => row.payload.changed);
    });

  it('again, after a command that changed no figure, changes nothing and is not entered', async () => {
    const entered = await entries();
    const before = source.edition.head;
    await act();
    const published = await publish(store);
    expect(published).toMatchObject({ changed: 0, digest: before.digest });
    expect(published.dataVersion).not.toBe(before.dataVersion);
    expect(await entries()).toEqual(entered);
  });

  it('after a correction, changes the shelves of that round and the later ones, and is entered', async () => {
    const entered = await entries();
    await endOnePoorHousehold(2024);
    const published = await publish(store);
    expect(published.changed).toBeGreaterThan(5);
    expect(published.changed).toBeLessThan(published.shelves / 2);
    expect(await entries()).toEqual([...entered, published.changed]);
    const before = source.edition;
    await source.refresh();
    const moved = [...source.edition.shelves].filter(
      ([name, { sha256 }]) => before.shelves.get(name)?.sha256 !== sha256,
    );
    expect(new Set(moved.map(([name]) => /\/(\d{4})\//.exec(name)?.[1]))).toEqual(
      new Set(['2024', '2025']),
    );
    const compare = new Comparison(publicDoor(store));
    for (const round of [2023, 2024, 2025]) {
      await compare.same(`form 1 ${round}`, (door) => door.form({ form: 1, round, area: AREA }));
    }
    await compare.same('change', (door) => door.bridge({ from: 2023, to: 2024, area: AREA }));
    expect(compare.different).toEqual([]);
    expect(await publish(store, { isComplete: true })).toMatchObject({ changed: 0 });
  });

  /** Ends the row of a poor household in the commune with most of them, as a voiding act does. */
  const endOnePoorHousehold = (round: number) =>
    act(async (tx) => {
      const ended = await endRounds(
        tx,
        `insert into household_round_endings
           (book_id, household_id, round, row_id, place_id, kind, command_id, recorded_at)
         select book_id, household_id, round, row_id, place_id, 'voided', $2, $3
         from current_household_rounds
         where round = $1 and recognised_status = 'poor' order by place_id limit 1`,
        [round, newId(), tx.now],
      );
      expect(ended).toBe(1);
      return null;
    });

  it('a reader sees the old edition or the new one, however often it looks', async () => {
    await endOnePoorHousehold(2025);
    const done = new AbortController();
    const publishing = publish(store).finally(() => done.abort());
    const isDone = () => done.signal.aborted;
    const seen: string[] = [];
    // Each read checks the digest over all shelves: a mixture would be refused as damaged.
    const look = async () => seen.push((await databaseSource(reader)).edition.head.digest);
    while (!isDone()) await look();
    await publishing;
    await look();
    expect(seen.length).toBeGreaterThan(3);
    expect(new Set(seen).size).toBe(2);
  });

  it('two at once come one after the other and end with the same edition', async () => {
    await endOnePoorHousehold(2025);
    const both = await Promise.all([publish(store), publish(store)]);
    expect(both[0].digest).toBe(both[1].digest);
    expect(both.map((one) => one.changed > 0).sort()).toEqual([false, true]);
  });

  it('an edition that failed half-way leaves the one before', async () => {
    await source.refresh();
    const before = source.edition.head.digest;
    await endOnePoorHousehold(2025);
    await store.behind((client) =>
      client.query(`alter table publication.shelves add constraint no_results
        check (shelf not like 'forms/1/2025/%') not valid`),
    );
    await expect(publish(store)).rejects.toBeInstanceOf(Problem);
    await store.behind((client) =>
      client.query('alter table publication.shelves drop constraint no_results'),
    );
    expect((await databaseSource(reader)).edition.head.digest).toBe(before);
    expect((await publish(store)).digest).not.toBe(before);
  });
});

describe('in the database', () => {
  it('what is published holds only what the public door answers', async () => {
    await publish(store);
    await source.refresh();
    const names = [...source.edition.shelves.keys()];
    const kinds = new Set(names.map((name) => name.split('/')[0]));
    expect([...kinds].sort()).toEqual(
      [
        ...['anchors', 'boundaries', 'bridges', 'definitions', 'figures', 'forms', 'groups'],
        'instance',
      ].sort(),
    );
    // No id of a household, person, place, account or command: these are UUIDs, all of them.
    const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
    const withIds = [...source.edition.shelves].filter(([, { json }]) => uuid.test(String(json)));
    expect(withIds).toEqual([]);
  });

  it('a shelf that was altered by hand is refused, and the edition before is shown on', async () => {
    const forgedStore = await testStore({ template: 'published' });
    const forgedReader = await openPublicStore({ env: forgedStore.env });
    const problems: unknown[] = [];
    const watching = await databaseSource(forgedReader, {
      onProblem: (error) => problems.push(error),
    });
    const asked = { code: 'poor-households', round: 2025, area: AREA };
    const before = await told((await watching.current()).door.figure(asked));
    await forgedStore.behind(async (client) => {
      await client.query(
        `update publication.shelves set sha256 = encode(sha256(convert_to(altered, 'UTF8')), 'hex'),
           answers = altered::json
         from (select shelf as name, replace(answers::text, '"units":', '"units":1') as altered
           from publication.shelves) forged
         where name = shelf and shelf like 'figures/poor-households/2025/%'`,
      );
      await client.query("update publication.editions set made_at = made_at + interval '1 s'");
    });
    await watching.refresh();
    expect(problems).toMatchObject([{ code: 'publication-damaged' }]);
    expect(await told((await watching.current()).door.figure(asked))).toBe(before);
    const fresh = await openPublicStore({ env: forgedStore.env });
    await expect(databaseSource(fresh)).rejects.toMatchObject({ code: 'publication-damaged' });
    await fresh.close();
    await forgedReader.close();
  });

  it.each([
    ['format = 2', 'publication-newer'],
    ['format = 0', 'publication-older'],
    ["kind = 'real'", 'publication-damaged'],
    ["province_code = '01'", 'publication-damaged'],
    ["digest = 'x'", 'publication-damaged'],
  ])('a head with %s → %s', async (change, code) => {
    const clone = await testStore();
    await copyPublication(clone);
    await clone.behind((client) => client.query(`update publication.editions set ${change}`));
    const clonedReader = await openPublicStore({ env: clone.env });
    await expect(databaseSource(clonedReader)).rejects.toMatchObject({ code });
    await clonedReader.close();
  });

  /** The rows of the published tables alone, in a database that holds nothing else. */
  const copyPublication = async (to: TestStore) => {
    const copy = await store.behind(async (client) => ({
      heads: (await client.query('select * from publication.editions')).rows as unknown[],
      shelves: (await client.query('select shelf, answers::text, sha256 from publication.shelves'))
        .rows as { shelf: string; answers: string; sha256: string }[],
    }));
    await withActor(to, SYSTEM_ACTOR([]), async (tx) => {
      await tx.query(
        `insert into publication.editions
         select * from json_populate_recordset(null::publication.editions, $1)`,
        [JSON.stringify(copy.heads)],
      );
      for (const { shelf, answers, sha256 } of copy.shelves) {
        await tx.query('insert into publication.shelves values ($1, $2, $3)', [
          shelf,
          answers,
          sha256,
        ]);
      }
    });
  };

  it('before anything was published there is a sentence', async () => {
    const empty = await testStore();
    const emptyReader = await openPublicStore({ env: empty.env });
    await expect(databaseSource(emptyReader)).rejects.toMatchObject({ code: 'not-published-yet' });
    await emptyReader.close();
    await expect(publish(empty)).rejects.toMatchObject({ code: 'instance-missing' });
  });
});
