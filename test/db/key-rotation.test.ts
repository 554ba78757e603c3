import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  commandInputOf,
  findByIdentifier,
  recordIdentifier,
  revealIdentifier,
} from '../../src/registry/index.js';
import { newId } from '../../src/kernel/index.js';
import { runCommand, takeLock, withActor } from '../../src/store/index.js';
import type { Tx } from '../../src/store/index.js';
import type { TestStore } from '../support/database.js';
import { testStore } from '../support/database.js';
import { makeReal, officer } from '../support/real-instance.js';
import { runWords } from '../support/run-cli.js';
import { startThonban, until } from '../support/run-process.js';
import { testAccount, refusal } from '../support/test-account.js';
import { linkSubject } from '../../src/access/index.js';
import { SYSTEM_ACTOR } from '../../src/store/index.js';
import { testPerson, testVillage } from '../support/village-fixture.js';
import type { TestPerson } from '../support/village-fixture.js';

const PEOPLE = 300;
const me = officer();

let store: TestStore;
let village: string;
let bookId: string;
const numbers = new Map<string, TestPerson>();
beforeAll(async () => {
  store = await testStore();
  await makeReal(store);
  village = await testVillage(store, '06004');
  bookId = newId();
  for (let i = 0; i < PEOPLE; i++) await somebody(i);
  await testAccount(store, { username: 'xuan' });
  await linkSubject(store, {
    ...{ actor: SYSTEM_ACTOR([]), commandId: newId(), username: 'xuan', reason: 'thử' },
    ...{ issuer: 'https://sso.example', subject: 'xuan.nong' },
  });
});
afterAll(() => store.close());

const numberOf = (i: number): string => `020085${String(i).padStart(6, '0')}`;

async function somebody(i: number): Promise<void> {
  const person = await testPerson(store, village, { name: `Người ${i}`, bookId });
  await write(person, numberOf(i));
}

async function write(person: TestPerson, number: string, reason?: string): Promise<void> {
  const { householdId, personId } = person;
  const input = { householdId, personId, number, isConfirmed: true, ...(reason && { reason }) };
  await runCommand(
    store,
    {
      ...{ actor: me, commandId: newId(), name: 'identifier.record' },
      ...{ permission: 'household:propose', input: commandInputOf(store, input) },
    },
    (tx: Tx) => recordIdentifier(tx, input),
  );
  for (const [known, whose] of numbers) if (whose.personId === personId) numbers.delete(known);
  numbers.set(number, person);
}

const find = (number: string) => withActor(store, me, (tx) => findByIdentifier(tx, number));

async function reveal(person: TestPerson): Promise<string> {
  return withActor(store, me, async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `select identifier_id as id from person_identifiers
       where book_id = $1 and person_id = $2 and ended_at is null`,
      [person.bookId, person.personId],
    );
    const input = { householdId: person.householdId, identifierId: rows[0]?.id ?? '', reason: 'x' };
    return (await revealIdentifier(tx, input)).digits;
  });
}

interface Status {
  current: string;
  keys: { id: string; rows: Record<string, number> }[];
  left: number;
  lost: number;
}
const status = async () =>
  (await runWords(store.env, ['keys', 'status', '--json'])).json() as Status;

/** Reads and writes without pause until told to stop; everything it meets must be right. */
function traffic(seed: number) {
  const wrong: string[] = [];
  const done = { reads: 0, writes: 0 };
  let isOver = false;
  const run = async (): Promise<void> => {
    for (let i = seed; !isOver; i += 7) {
      const known = [...numbers];
      const [number = '', person] = known[i % known.length] ?? [];
      const found = await find(number);
      if (found[0]?.personId !== person?.personId) wrong.push(`lost ${number}`);
      if (person && (await reveal(person)) !== number) wrong.push(`misread ${number}`);
      done.reads += 2;
      if (i % 3 === 0) {
        await somebody(PEOPLE + 1000 * seed + done.writes);
        done.writes += 1;
      }
    }
  };
  const ended = run().catch((error: unknown) => void wrong.push(String(error)));
  const stop = async () => {
    isOver = true;
    await ended;
    return { wrong, ...done };
  };
  return { stop };
}

const ROTATE = ['keys', 'rotate', '--reason', 'hàng năm', '--json'];

test('the keys change on a running instance, also when the change is killed in the middle', async () => {
  const before = await status();
  expect(before).toMatchObject({ left: 0, lost: 0 });
  const streams = [traffic(1), traffic(2), traffic(3)];

  const slow = startThonban([...ROTATE, '--batch', '10', '--pause', '30'], store.env);
  await until(() => slow.stderr().includes('đã chuyển 100'), 'a hundred rows moved', 60_000);
  slow.child.kill('SIGKILL');
  expect(await slow.ended).toBe('SIGKILL');
  const halfway = await status();
  expect(halfway.current).not.toBe(before.current);
  const oldRows = halfway.keys.find(({ id }) => id === before.current)?.rows ?? {};
  expect(oldRows['person_identifiers']).toBeGreaterThan(100);
  await sleep(500);

  const again = startThonban(ROTATE, store.env);
  expect(await again.ended, again.stderr()).toBe(0);
  expect(JSON.parse(again.stdout())).toMatchObject({ key: halfway.current, isResumed: true });
  await sleep(300);

  for (const stream of streams) {
    const { wrong, reads, writes } = await stream.stop();
    expect(wrong).toEqual([]);
    expect(reads).toBeGreaterThan(20);
    expect(writes).toBeGreaterThan(2);
  }
  const after = await status();
  expect(after).toMatchObject({ current: halfway.current, left: 0, lost: 0 });
  const now = after.keys.find(({ id }) => id === after.current)?.rows;
  expect(now).toEqual({ person_identifiers: numbers.size, account_links: 1 });
  const sample = [...numbers].filter((_, index) => index % 5 === 0);
  for (const [number, person] of sample) expect(await reveal(person)).toBe(number);
});

test('a key is dropped when nothing stands on it, and never before', async () => {
  const { current, keys } = await status();
  const old = keys.find(({ id }) => id !== current)?.id ?? '';
  const drop = (key: string) =>
    runWords(store.env, ['keys', 'drop', '--key', key, '--reason', 'đã xoay', '--json']);
  expect(JSON.parse((await drop(current)).err)).toMatchObject({ problem: { code: 'key-in-use' } });
  expect(JSON.parse((await drop('k-x')).err)).toMatchObject({ problem: { code: 'key-unknown' } });
  // A rotation is under way elsewhere: it may just be writing its new key into the same file.
  const rotation = await takeLock(store.dataDir, 'keys');
  expect(JSON.parse((await drop(old)).err)).toMatchObject({
    problem: { code: 'already-rotating' },
  });
  rotation?.release();
  expect((await drop(old)).code).toBe(0);
  expect((await status()).keys.map(({ id }) => id)).toEqual([current]);
});

test('a rotation with a lost key is refused, before it makes another one', async () => {
  const file = path.join(store.dataDir, 'keys.json');
  const good = fs.readFileSync(file);
  fs.rmSync(file);
  const [person] = numbers.values();
  expect((await refusal(reveal(person!))).code).toBe('key-missing');
  const said = await status();
  expect(said.lost).toBeGreaterThan(PEOPLE);
  const refused = await runWords(store.env, ROTATE);
  expect(JSON.parse(refused.err)).toMatchObject({ problem: { code: 'key-missing' } });
  fs.writeFileSync(file, good, { mode: 0o600 });
  expect((await status()).lost).toBe(0);
});

test('nobody rotates twice at once, and the log tells that it was done, without any number', async () => {
  const both = [0, 1].map(() => startThonban([...ROTATE, '--pause', '200'], store.env));
  const ends = await Promise.all(both.map(({ ended }) => ended));
  expect(ends.sort()).toEqual([0, 1]);
  const kept = await store.behind(async (client) => {
    const { rows } = await client.query<{ text: string }>(
      "select a::text as text from audit_entries a where action like 'keys.%'",
    );
    return rows.map(({ text }) => text).join('\n');
  });
  expect(kept).toContain('hàng năm');
  for (const number of [...numbers.keys()].slice(0, 50)) expect(kept).not.toContain(number);
});
