import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestStore } from '../../../test/support/database.js';
import { testStore } from '../../../test/support/database.js';
import { publicFigure, publicForm } from '../../figures/index.js';
import { writeCheckpoint } from '../../audit/index.js';
import { systemClock, today } from '../../kernel/index.js';
import { liveSource } from '../live-source.js';
import { apiApp } from './index.js';
import { openApiDocument } from './openapi.js';

let store: TestStore;
let app: ReturnType<typeof apiApp>;
beforeAll(async () => {
  store = await testStore({ template: 'demo' });
  await writeCheckpoint(store);
  app = apiApp({ source: liveSource(store), clock: store.clock });
});
afterAll(() => store.close());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await app.request(path, { headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
};

/** Path as documented → addresses that must answer, each in another shape of its answer. */
const EXAMPLES: Record<string, string[]> = {
  '/indicators': ['/indicators'],
  '/rounds': ['/rounds'],
  '/figures/{code}': [
    '/figures/poverty-rate?period=2025',
    '/figures/poverty-rate-change?period=2021',
    '/figures/poverty-rate-change?period=2025',
    '/figures/poor-households?period=2024&area=06004&boundaries=2025-07-01',
    '/figures/poverty-rate?period=2025&by=ethnicity',
  ],
  '/series/{code}': ['/series/poverty-rate', '/series/poor-households?from=2016&to=2026'],
  '/bridge': ['/bridge?from=2024&to=2025'],
  '/forms/{form}': ['/forms/1?round=2025', '/forms/2?round=2025', '/forms/3?round=2021'],
  '/areas': ['/areas?name=Hoa%20Binh', '/areas?name=qu%E1%BB%91c%20kh%C3%A1nh&on=2025-07-01'],
  '/areas/{code}': ['/areas/06040', '/areas/06040?on=2024-11-30'],
  '/areas/{code}/lineage': ['/areas/06040/lineage'],
  '/areas/{code}/bridge': [
    '/areas/06004/bridge?round=2024&boundaries=2025-07-01',
    '/areas/20/bridge?round=2023',
  ],
  '/audit/anchors': ['/audit/anchors', '/audit/anchors?from=2020-01-01&to=2020-12-31'],
  '/audit/anchors/{date}': [`/audit/anchors/${today(systemClock)}`],
  '/law/documents': ['/law/documents'],
  '/law/document': ['/law/document?key=07/2021/N%C4%90-CP'],
  '/law/citations': ['/law/citations?text=theo%20Ngh%E1%BB%8B%20quy%E1%BA%BFt%2058-%20NQ/TU'],
};

describe('/api/v1', () => {
  it('knows no day at the ends of the calendar', async () => {
    expect((await get('/audit/anchors?to=0001-01-05')).status).toBe(400);
    expect((await get('/audit/anchors?to=9999-12-31')).status).toBe(400);
    expect((await get('/audit/anchors/9999-12-31')).status).toBe(404);
  });

  it('documents each address that answers, and each documented one answers as it says', async () => {
    const { paths, components } = openApiDocument();
    expect(Object.keys(paths).sort()).toEqual(Object.keys(EXAMPLES).sort());
    for (const [path, examples] of Object.entries(EXAMPLES)) {
      const answer = JSON.stringify(paths[path]?.get.responses['200']);
      const name = /schemas\/(\w+)/.exec(answer)![1]! as keyof typeof components.schemas;
      const schema = z.fromJSONSchema(components.schemas[name] as never);
      for (const example of examples) {
        const { status, body } = await get(example);
        expect([example, status]).toEqual([example, 200]);
        expect([example, schema.safeParse(body).error?.message]).toEqual([example, undefined]);
      }
    }
  });

  it('shows what the public door shows, with the simulation mark', async () => {
    const { body } = await get('/forms/1?round=2023');
    const { notice, ...rest } = body;
    expect(notice).toContain('SỐ LIỆU MÔ PHỎNG');
    expect(rest).toEqual(await publicForm(store, { form: 1, round: 2023, area: '20' }));
    const hidden = rest.rows.find((row: { suppressed?: string[] }) => row.suppressed);
    const address = `/figures/poverty-rate?period=2023&area=${hidden.unitCode}`;
    const one = (await get(address)).body;
    expect(one).toMatchObject({ value: null, numerator: null, suppressed: true });
    const query = { code: 'poverty-rate', area: hidden.unitCode as string, round: 2023 };
    expect(one.suppressed).toBe((await publicFigure(store, query)).suppressed);
  });

  it.each([
    ['/figures/poverty-rate', 400, 'bad-query'],
    ['/figures/poverty-rate?period=abcd', 400, 'bad-query'],
    ['/figures/poverty-rate?period=2025&period=2024', 400, 'bad-query'],
    ['/figures/poverty-rate?period=2025&boundaries=2025-02-30', 400, 'bad-query'],
    ["/figures/poverty-rate?period=2025&area='%20or%201=1", 400, 'bad-query'],
    ['/figures/__proto__?period=2025', 400, 'indicator-unknown'],
    ['/figures/poverty-rate?period=2031', 404, 'round-missing'],
    ['/figures/poverty-rate?period=2025&area=06004&by=sex', 403, 'not-public'],
    ['/forms/2?round=2025&area=06004', 403, 'not-public'],
    ['/forms/4?round=2025', 400, 'form-unknown'],
    ['/bridge?from=2024&to=2025&area=06004', 403, 'not-public'],
    ['/areas/06004/bridge', 400, 'bad-query'],
    ['/areas/99999/bridge?round=2024', 404, 'area-unknown'],
    ['/areas/99999', 404, 'unit-not-found'],
    ['/law/document?key=1/2/3', 404, 'document-unknown'],
    ['/audit/anchors/2020-01-01', 404, 'anchor-missing'],
    ['/audit/anchors/hom-nay', 404, 'anchor-missing'],
    ['/audit/anchors?from=2020-01-01', 400, 'bad-query'],
    ['/audit/anchors?to=2020-02-30', 400, 'bad-query'],
    ['/nothing', 404, 'path-unknown'],
  ])('%s → %i %s, as a sentence', async (path, status, code) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.body.problem).toMatchObject({ code, what: expect.stringMatching(/.{10}/) });
    expect(answer.headers.get('etag')).toBeNull();
  });

  it('answers 304 to who has the present state, and anew after a change', async () => {
    const first = await get('/figures/poverty-rate?period=2025');
    const etag = first.headers.get('etag')!;
    const again = await get('/figures/poverty-rate?period=2025', { 'if-none-match': etag });
    expect([again.status, again.body]).toEqual([304, '']);
    await store.behind((client) =>
      client.query(
        `insert into commands (command_id, name, actor_id, recorded_at)
         values (gen_random_uuid(), 'test', gen_random_uuid(), now())`,
      ),
    );
    const later = await get('/figures/poverty-rate?period=2025', { 'if-none-match': etag });
    expect(later.status).toBe(200);
    expect(later.headers.get('etag')).not.toBe(etag);
  });
});
