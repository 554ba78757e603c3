import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestStore } from '../../../test/support/database.js';
import { testStore } from '../../../test/support/database.js';
import { createApp } from '../index.js';
import { openApiDocument } from './openapi.js';

let store: TestStore;
let get: (path: string) => Promise<Response>;

beforeAll(async () => {
  store = await testStore({ template: 'demo' });
  const app = createApp({ store });
  get = async (path) => app.request(`http://localhost${path}`);
});
afterAll(() => store.close());

test('an unknown address below /api/v1 is answered as JSON, inside the whole site too', async () => {
  for (const path of ['/api/v1/nothing', '/api/v1/law/nothing/more']) {
    const answer = await get(path);
    expect([path, answer.status]).toEqual([path, 404]);
    expect(await answer.json()).toMatchObject({ problem: { code: 'path-unknown' } });
  }
});

test('the bare address says what there is to ask', async () => {
  const { addresses } = (await (await get('/api/v1')).json()) as { addresses: unknown[] };
  expect(addresses).toHaveLength(Object.keys(openApiDocument().paths).length);
});

test('the page of a unit leads to the resolution that changed it', async () => {
  const text = await (await get('/dia-ban/06004?tu=2025-07-01')).text();
  expect(text).toMatch(/href="\/van-ban\/xem\?so=1672%2FNQ-UBTVQH15/);
});
