import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestStore } from '../../../../test/support/database.js';
import { testStore } from '../../../../test/support/database.js';
import { demoAccounts } from '../../../access/index.js';
import { areaRegister } from '../../../areas/index.js';
import type { BoundaryBridge } from '../../../figures/index.js';
import { boundaryBridge, publicBoundaryBridge } from '../../../figures/index.js';
import { day, formatInteger } from '../../../kernel/index.js';
import { createApp } from '../../index.js';

let store: TestStore;
let app: ReturnType<typeof createApp>;
let cookie: string;

beforeAll(async () => {
  store = await testStore({ template: 'demo' });
  app = createApp({ store });
  const { username, password } = demoAccounts()[0]!;
  const signedIn = await app.request('http://localhost/dang-nhap', {
    method: 'POST',
    headers: { origin: 'http://localhost' },
    body: new URLSearchParams({ username, password }),
  });
  cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(() => store.close());

const TODAY = day('2025-07-01');
const open = async (path: string, headers: Record<string, string> = {}) =>
  (await app.request(`http://localhost${path}`, { headers })).text();

/** A commune of today with a part that the public does not see. */
async function withHiddenPart(round: number): Promise<BoundaryBridge> {
  for (const unit of areaRegister().communesOf('20', TODAY)) {
    const query = { area: unit.code, round, boundaries: TODAY };
    const shown = await publicBoundaryBridge(store, query);
    if (shown.lines.some((line) => line.suppressed)) return shown;
  }
  throw new Error('no commune has a hidden part');
}

test('a unit shows the old units it was made of; small parts to officers only', async () => {
  const round = 2024;
  const shown = await withHiddenPart(round);
  const path = `/dia-ban/${shown.area}?tu=${TODAY}&dot=${round}`;
  const [seen, officers] = [await open(path), await open(path, { cookie })];
  for (const { was } of shown.lines) expect(seen).toContain(was!.name);
  expect(seen).toContain(`Hợp thành từ những đơn vị cũ nào, năm ${round}`);
  expect(seen).toContain('<tr class="total"><th scope="row">Cộng</th>');
  expect(seen).toContain('>ẩn<');
  expect(officers).not.toContain('>ẩn<');
  const whole = await boundaryBridge(store, { area: shown.area, round, boundaries: TODAY });
  expect(officers).toContain(`>${formatInteger(whole.total.households!)}<`);
});

test('no two sets of lines that the public sees give a small part back', async () => {
  const bridges = await Promise.all(
    areaRegister()
      .communesOf('20', TODAY)
      .map((unit) => {
        const query = { area: unit.code, round: 2024, boundaries: TODAY };
        return Promise.all([publicBoundaryBridge(store, query), boundaryBridge(store, query)]);
      }),
  );
  for (const [shown, whole] of bridges) {
    for (const key of ['poor', 'nearPoor'] as const) {
      const hidden = shown.lines.filter((line) => line[key] === null);
      for (const [at, line] of shown.lines.entries()) {
        const count = whole.lines[at]![key]!;
        if (count > 0 && count < 5) expect(line[key]).toBeNull();
      }
      if (hidden.length === 1) expect(shown.total[key]).toBeNull();
    }
  }
});

test('a round of the unit itself needs no bridge', async () => {
  expect(await open('/dia-ban/06622?tu=2020-01-01')).not.toContain('Hợp thành từ');
});
