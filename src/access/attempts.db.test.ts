import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { makeReal } from '../../test/support/real-instance.js';
import { TEST_PASSWORD, refusal, testAccount, testClock } from '../../test/support/test-account.js';
import { openStore } from '../store/index.js';
import type { Store } from '../store/index.js';
import { POLICY } from './attempts.js';
import { MOST_WAITING, inTurn } from './passwords/passwords.js';
import type { SignIn } from './sign-in.js';
import { signIn } from './sign-in.js';

const clock = testClock();
let store: TestStore;
/** The same instance, served by another process. */
let other: Store;
beforeAll(async () => {
  store = await testStore({ clock });
  await makeReal(store);
  other = await openStore({ env: store.env, dataDir: store.dataDir, clock });
  for (const username of ['an', 'binh', 'chi', 'dung', 'giang', 'hoa', 'lan', 'nga']) {
    await testAccount(store, { username });
  }
});
afterAll(async () => {
  await other.close();
  await store.close();
});

const wrong = async (username: string, more: Partial<SignIn> = {}, at: Store = store) =>
  (await refusal(signIn(at, { username, password: 'không phải thế', ...more }))).code;
const right = (username: string, more: Partial<SignIn> = {}, at: Store = store) =>
  signIn(at, { username, password: TEST_PASSWORD, ...more });

const fail = async (times: number, username: string, more: Partial<SignIn> = {}) => {
  const codes: string[] = [];
  for (let i = 0; i < times; i++) codes.push(await wrong(username, more));
  return codes;
};

const FIVE_THEN_WAIT = [...Array<string>(5).fill('sign-in-refused'), 'sign-in-too-often'];

describe('a name that fails again and again', () => {
  it('has to wait, whether it exists or not, and is told how long', async () => {
    expect(await fail(6, 'an')).toEqual(FIVE_THEN_WAIT);
    expect(await fail(6, 'khong-ai')).toEqual(FIVE_THEN_WAIT);
    const told = await refusal(right('an'));
    expect(told.kind).toBe('too-many');
    expect(told.message).toContain('Chờ 2 giây');
    expect((await refusal(right('khong-ai'))).message).toBe(told.message);
  });

  it('waits longer each time, never beyond the cap, and is let in after it', async () => {
    const waits: unknown[] = [];
    for (let i = 0; i < 12; i++) {
      const told = await refusal(right('an'));
      waits.push(told.details['waitSeconds']);
      clock.pass(told.details['waitSeconds'] as number);
      expect(await wrong('an')).toBe('sign-in-refused');
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]);
    expect((await refusal(right('an'))).message).toContain('Chờ 5 phút');
    clock.pass(POLICY.name.longestSeconds);
    expect((await right('an')).stage).toBe('full');
    expect(await fail(4, 'an')).toEqual(Array<string>(4).fill('sign-in-refused'));
    expect((await right('an')).stage).toBe('full');
  });

  it('waits in every process, and after a restart', async () => {
    await fail(5, 'binh');
    expect((await refusal(right('binh', {}, other))).code).toBe('sign-in-too-often');
    const restarted = await openStore({ env: store.env, dataDir: store.dataDir, clock });
    expect((await refusal(right('binh', {}, restarted))).code).toBe('sign-in-too-often');
    await restarted.close();
    clock.pass(2);
    expect((await right('binh', {}, other)).stage).toBe('full');
  });

  it('gains nothing by trying many at once, from two processes', async () => {
    const tries = Array.from({ length: 24 }, (_, i) => wrong('chi', {}, i % 2 ? store : other));
    const codes = await Promise.all(tries);
    expect(codes.filter((code) => code === 'sign-in-refused')).toHaveLength(5);
  });

  it('does not keep its owner out of a browser that was signed in before', async () => {
    const { browserToken } = await right('dung');
    await fail(8, 'dung');
    expect((await refusal(right('dung'))).code).toBe('sign-in-too-often');
    expect((await refusal(right('dung', { browserToken: 'x'.repeat(43) }))).code).toBe(
      'sign-in-too-often',
    );
    expect((await right('dung', { browserToken })).stage).toBe('full');
    // Such a browser is counted too, for itself: a stolen one guesses no faster.
    expect(await fail(6, 'dung', { browserToken })).toEqual(FIVE_THEN_WAIT);
  });

  it('of one’s own browser opens no other account faster', async () => {
    const { browserToken } = await right('giang');
    expect(await fail(6, 'hoa', { browserToken })).toEqual(FIVE_THEN_WAIT);
  });
});

it('that nobody looked at, since too many were waiting, is not counted', async () => {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const waiting = Array.from({ length: MOST_WAITING }, () => inTurn(() => gate));
  const address = '203.0.113.77';
  for (let i = 0; i < 6; i++) expect(await wrong('nga', { address })).toBe('sign-in-busy');
  open();
  await Promise.all(waiting);
  expect((await right('nga', { address })).stage).toBe('full');
});

describe('an address that fails again and again', () => {
  const address = '2001:db8:7:7::1';

  it('has to wait whatever names it tries, and an own account among them forgives nothing', async () => {
    for (let i = 0; i < POLICY.address.free; i++) {
      expect(await wrong(`ten-${i}`, { address })).toBe('sign-in-refused');
    }
    await right('lan', { address });
    expect(await wrong('ten-a', { address })).toBe('sign-in-refused');
    // Another address of the same network is the same source; another network is not.
    const neighbour = '2001:db8:7:7::abcd';
    expect((await refusal(right('lan', { address: neighbour }))).code).toBe('sign-in-too-often');
    expect((await right('lan', { address: '2001:db8:7:8::1' })).stage).toBe('full');
    clock.pass(2);
    expect((await right('lan', { address })).stage).toBe('full');
  });

  it('is forgiven after a quarter of an hour without failures', async () => {
    for (let i = 0; i < 40; i++) await wrong(`kho-${i}`, { address: '203.0.113.9' });
    expect(await wrong('kho', { address: '203.0.113.9' })).toBe('sign-in-too-often');
    clock.pass(POLICY.address.forgetSeconds + 60);
    for (let i = 0; i < POLICY.address.free; i++) {
      expect(await wrong(`lai-${i}`, { address: '203.0.113.9' })).toBe('sign-in-refused');
    }
  });
});

it('what was typed is not kept, and is forgotten in time', async () => {
  await wrong('mat khau go nham o ten');
  const rows = () =>
    store.behind(async (client) => {
      const { rows: found } = await client.query<{ text: string }>(
        'select a::text as text from sign_in_attempts a',
      );
      return found.map(({ text }) => text);
    });
  const kept = await rows();
  expect(kept.length).toBeGreaterThan(20);
  expect(kept.join()).not.toContain('mat khau');
  expect(kept.join()).not.toContain('203.0.113.9');
  clock.pass(POLICY.name.forgetSeconds + 60);
  for (let i = 0; i < 5; i++) await wrong('don-dep');
  expect((await rows()).length).toBeLessThan(5);
});
