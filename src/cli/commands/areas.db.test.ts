import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testStore } from '../../../test/support/database.js';
import type { TestStore } from '../../../test/support/database.js';
import { figure } from '../../figures/index.js';
import { fixedClock } from '../../kernel/index.js';
import type { PlainDate } from '../../kernel/index.js';
import { runCli } from '../main.js';

let store: TestStore;
beforeAll(async () => {
  store = await testStore({ template: 'demo' });
});
afterAll(() => store.close());

async function run(...words: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(words, {
    ...{ env: store.env, stdin: new PassThrough(), stdout, stderr, boot: null },
    ...{ clock: fixedClock('2026-01-20T03:00:00Z'), signal: new AbortController().signal },
  });
  return { code, out: String(stdout.read() ?? '') };
}

test('areas bridge adds the old units up to the figure of the new one', async () => {
  const words = ['areas', 'bridge', '06625', '--round', '2024', '--boundaries', '2025-07-01'];
  const { code, out } = await run(...words, '--json');
  expect(code).toBe(0);
  const bridge = JSON.parse(out) as {
    lines: { was: { name: string }; poor: number }[];
    total: { poor: number };
  };
  expect(bridge.lines.length).toBeGreaterThan(1);
  expect(bridge.lines.reduce((sum, line) => sum + line.poor, 0)).toBe(bridge.total.poor);
  const query = { area: '06625', round: 2024, boundaries: '2025-07-01' as PlainDate };
  const counted = await figure(store, { code: 'poor-households', ...query });
  expect(bridge.total.poor).toBe(counted.value);
  const text = await run(...words);
  expect(text.out).toContain(bridge.lines[0]!.was.name);
  expect(text.out).toContain('SỐ LIỆU MÔ PHỎNG');
});
