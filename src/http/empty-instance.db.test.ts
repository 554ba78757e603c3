import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { makeReal } from '../../test/support/real-instance.js';
import { testVillage } from '../../test/support/village-fixture.js';
import { createAccount, scopeOf, signIn } from '../access/index.js';
import { day, newId } from '../kernel/index.js';
import { SYSTEM_ACTOR, withActor } from '../store/index.js';
import { createApp } from './app.js';

let store: TestStore;
const cookies = new Map<string, string>();

const SINCE = day('2025-07-01');
const PASSWORD = 'nương ngô bên suối';
const PEOPLE = {
  tinh: ['province_officer', '20'],
  thon: ['village_head', 'village'],
  'giam-sat': ['supervisor', '06004'],
} as const;

beforeAll(async () => {
  store = await testStore();
  await makeReal(store);
  const village = await testVillage(store, '06004');
  for (const [username, [role, over]] of Object.entries(PEOPLE)) {
    const text = over === 'village' ? village : over;
    const scope = await withActor(store, SYSTEM_ACTOR(['p:20']), (tx) => scopeOf(tx, text, SINCE));
    await createAccount(store, {
      ...{ username, password: PASSWORD, fullName: username, role, scope },
      ...{ actor: SYSTEM_ACTOR(['p:20']), commandId: newId(), isDemo: false, validFrom: SINCE },
    });
    const { token } = await signIn(store, { username, password: PASSWORD });
    cookies.set(username, `thonban_session=${token}`);
  }
});
afterAll(() => store.close());

const ask = (path: string, username?: string, init: RequestInit = {}) =>
  createApp({ store }).request(`http://localhost${path}`, {
    ...init,
    headers: { origin: 'http://localhost', cookie: cookies.get(username ?? '') ?? '' },
  });

describe('before anything was reviewed', () => {
  test.each(['/ho', '/danh-sach', '/bieu-mau/1', '/so-lieu/poverty-rate', '/'])(
    '%s leads an officer to bringing in a file',
    async (path) => {
      const answer = await ask(path, 'tinh');
      const text = await answer.text();
      expect(answer.status).toBe(200);
      expect(text).toContain('<a class="button" href="/nhap-lieu">');
      expect(text).not.toContain('Cán bộ đăng nhập');
    },
  );

  test.each([
    ['/ho', 'giam-sat'],
    ['/ho', 'thon'],
    ['/', 'giam-sat'],
  ])('%s offers %s no page that is not for them', async (path, username) => {
    const answer = await ask(path, username);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(text).toContain('Vai trò của bạn không nhập tệp');
    expect(text).not.toContain('href="/nhap-lieu"');
  });

  test('the public is told to sign in, and an unknown form stays unknown', async () => {
    const answer = await ask('/bieu-mau/1');
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('/dang-nhap?next=/nhap-lieu'),
    ]);
    expect((await ask('/bieu-mau/99')).status).toBe(400);
    expect((await ask('/ho')).status).toBe(303);
  });
});

describe('bringing in a file', () => {
  const send = (username: string, file: File, fields: Record<string, string> = {}) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ commandId: newId(), ...fields }))
      body.set(name, value);
    body.set('file', file);
    return ask('/nhap-lieu', username, { method: 'POST', body });
  };
  const imports = () =>
    store.behind(async (client) => (await client.query('select from imports')).rowCount);

  test('a refused file is told beside the form, which keeps what was chosen', async () => {
    const answer = await send('tinh', new File(['không phải bảng'], 'sai.csv'), {
      ...{ round: '2023', area: '06004' },
    });
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toContain('role="alert"');
    expect(text).toContain('name="file"');
    expect(text).toContain('<option value="2023" selected="">');
    expect(text).toContain('<option value="06004" selected="">');
  });

  test('a chosen file without content is named, no file at all is another matter', async () => {
    expect(await (await send('tinh', new File([], 'trong.csv'))).text()).toContain(
      'Tệp “trong.csv” trống',
    );
    expect(await (await send('tinh', new File([], ''))).text()).toContain('Chưa chọn tệp nào');
  });

  test('who writes to one village alone gets no form, and nothing of a sent file is kept', async () => {
    expect(await (await ask('/nhap-lieu', 'thon')).text()).not.toContain('name="file"');
    expect(await (await ask('/nhap-lieu', 'giam-sat')).text()).not.toContain('name="file"');
    const answer = await send('thon', new File(['a,b\n1,2\n'], 'ca-xa.csv'));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('chỉ ghi được trong một thôn');
    expect(await imports()).toBe(0);
  });

  test('a name of a file that is cut in the middle of a character is read all the same', async () => {
    const titles = 'family.hostName,family.code,family.numberOfMembers,b1Point,b2Point,classify';
    const csv = `${titles}\nLý Mẫu,7,4,120,40,\n`;
    const file = new File([csv], `${'a'.repeat(199)}😀.csv`);
    const answer = await send('tinh', file, { round: '2023', area: '06004' });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^\/nhap-lieu\//),
    ]);
  });

  test('a form that is refused elsewhere leads back to its page, never to another site', async () => {
    const refused = (referer: string) =>
      createApp({ store }).request('http://localhost/nhat-ky/thanh-tra', {
        method: 'POST',
        headers: { origin: 'http://localhost', cookie: cookies.get('tinh')!, referer },
      });
    const text = async (referer: string) => (await refused(referer)).text();
    expect(await text('http://localhost/ho?ten=A')).toContain('href="/ho?ten=A"');
    expect(await text('http://elsewhere.example/ho')).not.toContain('Quay lại biểu mẫu');
  });
});
