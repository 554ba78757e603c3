import { beforeAll, describe, expect, test } from 'vitest';
import type { Hono } from 'hono';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { makeReal } from '../../test/support/real-instance.js';
import { day, newId } from '../kernel/index.js';
import { createAccount, scopeOf, signIn } from '../access/index.js';
import { SYSTEM_ACTOR, withActor } from '../store/index.js';
import { createApp } from './app.js';
import type { Env } from './env.js';

let store: TestStore;
let app: Hono<Env>;
let cookie: string;

const HOME = 'http://localhost';

beforeAll(async () => {
  store = await testStore();
  await makeReal(store);
  app = createApp({ store });
  const since = day('2025-07-01');
  const scope = await withActor(store, SYSTEM_ACTOR([]), (tx) => scopeOf(tx, '20', since));
  const password = 'nương ngô bên suối';
  await createAccount(store, {
    ...{ username: 'tinh', password, fullName: 'Cán bộ', role: 'province_officer', scope },
    ...{ actor: SYSTEM_ACTOR([]), commandId: newId(), isDemo: false, validFrom: since },
  });
  const { token } = await signIn(store, { username: 'tinh', password });
  cookie = `thonban_session=${token}`;
});

const post = (path: string, body: string, type: string, headers: Record<string, string> = {}) =>
  app.request(path, {
    method: 'POST',
    body,
    headers: { origin: HOME, 'content-type': type, cookie, ...headers },
  });

describe('a body that is no form gets a sentence, not a failure of ours', () => {
  const id = newId();
  test.each(['/dang-nhap', '/nhap-lieu', `/nhap-lieu/${id}/ghi`, `/nhap-lieu/${id}/huy`])(
    '%s',
    async (path) => {
      for (const type of ['multipart/form-data; boundary=x', 'multipart/form-data']) {
        const response = await post(path, '--x\r\ncut off', type);
        expect(response.status).toBe(400);
        expect(await response.text()).toContain('Không đọc được nội dung biểu mẫu');
      }
    },
  );
});

test('a form of more fields than any page has is refused before it is taken apart', async () => {
  const part = (n: number) => `--b-b\r\ncontent-disposition: form-data; name="${n}"\r\n\r\n\r\n`;
  const many = (count: number, one: (n: number) => string, between = '') =>
    Array.from({ length: count }, (_, n) => one(n)).join(between);
  const form = 'application/x-www-form-urlencoded';
  const parts = 'multipart/form-data; x="; boundary=c"; boundary="b-b"';
  const refused = [
    await post(
      '/dang-nhap',
      many(100_000, (n) => `f${n}=`, '&'),
      form,
    ),
    await post('/dang-nhap', `${many(3_000, part)}--b-b--\r\n`, parts),
  ];
  for (const response of refused) {
    expect(response.status).toBe(413);
    expect(await response.text()).toContain('Biểu mẫu gửi lên có hơn 2.000 ô');
  }
  // As many as a page may have are read: the name and the password are missing.
  for (const [body, type] of [
    [many(1_900, (n) => `f${n}=`, '&'), form],
    [`${many(1_900, part)}--b-b--\r\n`, parts],
  ] as const) {
    expect((await post('/dang-nhap', body, type)).status).toBe(422);
  }
});

test('a file of somebody who is not signed in is refused before it is read', async () => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(64 * 1024));
      if (pulled > 50) controller.close();
    },
  });
  const request = new Request(`${HOME}/nhap-lieu`, {
    method: 'POST',
    body: endless,
    headers: { origin: HOME, 'content-type': 'multipart/form-data; boundary=x' },
    duplex: 'half',
  });
  const response = await app.request(request);
  expect(response.status).toBe(404);
  expect(pulled).toBeLessThan(5);
});

test('a form from elsewhere, or from nowhere, is not carried out', async () => {
  const body = `commandId=${newId()}`;
  const form = 'application/x-www-form-urlencoded';
  for (const origin of ['null', 'http://evil.example', 'http://localhost.evil.example', '']) {
    const response = await post('/dang-xuat', body, form, { origin });
    expect(response.status).toBe(400);
  }
  expect((await app.request('/nhap-lieu', { headers: { cookie } })).status).toBe(200);
});
