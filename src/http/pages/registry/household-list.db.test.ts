import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestStore } from '../../../../test/support/database.js';
import { testStore } from '../../../../test/support/database.js';
import { demoAccounts } from '../../../access/index.js';
import { withoutDiacritics } from '../../../kernel/index.js';
import { createApp } from '../../index.js';

let store: TestStore;
let get: (path: string) => Promise<Response>;

beforeAll(async () => {
  store = await testStore({ template: 'demo' });
  const app = createApp({ store });
  const { username, password } = demoAccounts()[0]!;
  const signedIn = await app.request('http://localhost/dang-nhap', {
    method: 'POST',
    headers: { origin: 'http://localhost' },
    body: new URLSearchParams({ username, password }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  get = async (path) => app.request(`http://localhost${path}`, { headers: { cookie } });
});
afterAll(() => store.close());

const audited = async (action: string): Promise<number> => {
  const { rows } = await store.behind((client) =>
    client.query<{ n: number }>(
      'select count(*)::integer as n from audit_entries where action = $1',
      [action],
    ),
  );
  return rows[0]!.n;
};

test.each([1, 3, 4, 7, 9])(
  'the households behind column %i of form 2 are listed',
  async (column) => {
    const answer = await get(`/ho?mau=2&round=2023&boundaries=2023-12-31&cot=${column}`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('href="/ho/');
    const { rows } = await store.behind((client) =>
      client.query<{ behind: unknown }>(
        `select payload->'behind' as behind from audit_entries
         where action = 'household.search' order by recorded_at desc, entry_id desc limit 1`,
      ),
    );
    expect(rows[0]?.behind).toMatchObject({ form: 2, column, boundaries: '2023-12-31' });
  },
);

test('a form that an officer takes away is entered in the log', async () => {
  const before = await audited('form.export');
  const answer = await get('/bieu-mau/1/tai?round=2025&dang=csv');
  expect([answer.status, await audited('form.export')]).toEqual([200, before + 1]);
});

test('a name is found with and without its marks, and a search in one class offers all of them', async () => {
  const names = async (ten: string, status: string) => {
    const query = new URLSearchParams({ round: '2025', status, ten }).toString();
    const text = await (await get(`/ho?${query}`)).text();
    return { text, found: [...text.matchAll(/href="\/ho\/[^"]*">([^<]*)</g)].map((m) => m[1]!) };
  };
  const [someone] = (await names('', '')).found;
  const plain = withoutDiacritics(someone!).toLowerCase();
  expect((await names(plain, '')).found).toContain(someone);
  expect((await names(someone!.toUpperCase(), '')).found).toContain(someone);
  const none = await names('khong co ai ten nay', 'poor');
  expect(none.found).toEqual([]);
  expect(none.text).toContain('/ho?round=2025&amp;status=&amp;ten=khong+co+ai+ten+nay');
});
