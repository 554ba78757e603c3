import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hono } from 'hono';
import { createApp, tryPublicPages } from '../../src/http/index.js';
import type { Env } from '../../src/http/env.js';
import { exportEdition, fileSource } from '../../src/publication/index.js';
import type { PublicView } from '../../src/publication/index.js';
import { withActor } from '../../src/store/index.js';
import type { TestStore } from '../support/database.js';
import { testStore } from '../support/database.js';
import { editionForge } from '../support/edition-forge.js';
import { makePerson } from '../support/people.js';
import type { Running } from '../support/run-process.js';
import { startThonban, until } from '../support/run-process.js';

/** One site that counts from the books, one that reads the edition, one that has only a file. */
let store: TestStore;
let live: Hono<Env>;
let scratch: string;
let file: string;
const started: Running[] = [];
beforeAll(async () => {
  store = await testStore({ template: 'published' });
  live = createApp({ store });
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'thonban-public-'));
  file = path.join(scratch, 'ban-cong-khai.jsonl.gz');
  await exportEdition(store, file);
});
afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  fs.rmSync(scratch, { recursive: true, force: true });
  await store.close();
});

/** Starts the public site as a process of its own and waits for its address. */
async function servePublic(words: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const running = startThonban(['serve', '--public', ...words, '--json'], { PORT: '0', ...env });
  started.push(running);
  await until(() => running.stdout().includes('\n') || running.child.exitCode !== null, 'ready');
  expect(running.stdout(), running.stderr()).toContain('"url"');
  return (JSON.parse(running.stdout()) as { url: string }).url;
}

const fromFile = () => servePublic(['--from', file], { THONBAN_DATA: path.join(scratch, 'none') });
const fromDatabase = () => {
  const { DATABASE_PUBLIC_URL } = store.env;
  return servePublic([], { DATABASE_PUBLIC_URL, THONBAN_DATA: path.join(scratch, 'none') });
};

/** The words of the page itself: around it, one site says when it was counted, another where to sign in. */
const words = (html: string): string =>
  /<main[^]*<\/main>/
    .exec(html)?.[0]
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ') ?? html;

/** Pages reached from the home page, each kind a few times. */
function addressesIn(html: string): string[] {
  return [...html.matchAll(/href="(\/[^"#]*)"/g)]
    .map((found) => (found[1] ?? '').replaceAll('&amp;', '&'))
    .filter((address) => !/^\/(dang-nhap|assets|du-lieu-cua-toi)/.test(address));
}

test('the books, the edition and the file show the same pages', async () => {
  const sites = [await fromDatabase(), await fromFile()];
  // What is looked for by typing stands behind no link.
  const queue = ['/', '/dia-ban?ten=Qu%E1%BB%91c%20Kh%C3%A1nh', '/dia-ban?ten=x'];
  const seen = new Map<string, number>();
  const asked = new Set(queue);
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    const kind = address.replace(/\d+/g, 'N').replace(/=[^&]*/g, '=');
    const times = (seen.get(kind) ?? 0) + 1;
    if (times > 2) continue;
    seen.set(kind, times);
    const counted = await live.request(address);
    const text = await counted.text();
    for (const site of sites) {
      const answer = await fetch(site + address);
      expect([address, answer.status]).toEqual([address, counted.status]);
      expect(words(await answer.text()), address).toBe(words(text));
    }
    for (const next of addressesIn(text)) {
      if (asked.has(next)) continue;
      asked.add(next);
      queue.push(next);
    }
  }
  expect(seen.size).toBeGreaterThan(10);
});

test('no address of officers exists there', async () => {
  const site = await fromFile();
  const householdIds = await withActor(
    store,
    await makePerson(store, 'Người Xem', [['province_officer', '20']]),
    async (tx) => {
      const { rows } = await tx.query<{ id: string }>(
        'select household_id as id from households limit 1',
      );
      return rows.map((row) => row.id);
    },
  );
  for (const address of [
    '/dang-nhap',
    '/ho',
    '/nhap-lieu',
    '/nhat-ky',
    `/ho/${householdIds[0] ?? ''}`,
  ]) {
    expect([address, (await fetch(site + address)).status]).toEqual([address, 404]);
  }
  const posted = await fetch(`${site}/dang-nhap`, { method: 'POST', headers: { origin: site } });
  expect(posted.status).toBe(404);
});

test('how the site stands in the network is told to it as to the other', async () => {
  const wrong = startThonban(['serve', '--public', '--from', file, '--json'], {
    ...{ PORT: '0', TRUST_PROXY: 'yes', THONBAN_DATA: path.join(scratch, 'none') },
  });
  expect(await wrong.ended).toBe(3);
  expect(wrong.stderr()).toContain('TRUST_PROXY=yes');
  const strict = await servePublic(['--from', file], {
    ...{ HSTS: '1', PUBLIC_URL: 'https://vidu.example', THONBAN_DATA: path.join(scratch, 'none') },
  });
  const answer = await fetch(strict);
  expect(answer.headers.get('strict-transport-security')).toContain('max-age');
});

test('an edition with which a page cannot be drawn is not shown, though every checksum fits', async () => {
  const { forged } = editionForge(file, scratch);
  const tryOut = (view: PublicView) => tryPublicPages(view, store.clock);
  const { current } = await fileSource(file);
  expect(await tryOut(await current())).toBeNull();
  const bent = forged((json) => json.replaceAll('"coverage":', '"cover":'));
  await expect(fileSource(bent, { tryOut })).rejects.toMatchObject({
    ...{ code: 'publication-damaged', why: expect.stringContaining('Không dựng được') as string },
  });
});
