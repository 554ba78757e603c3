import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestStore } from '../../../test/support/database.js';
import { testStore } from '../../../test/support/database.js';
import { runWords } from '../../../test/support/run-cli.js';
import type { Anchor, VerifyReport } from '../../audit/index.js';

const folder = mkdtempSync(join(tmpdir(), 'thonban-anchor-'));
let store: TestStore;
const run = (...words: string[]) => runWords(store.env, words);
const asAdmin = (...words: string[]) => runWords(store.adminEnv, words);

beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const keep = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const verified = async (...words: string[]) => {
  const done = await run('audit', 'verify', ...words, '--json');
  return { code: done.code, report: done.json() as VerifyReport };
};

test('an empty log is intact and has no anchor; a command that writes signs what it entered', async () => {
  expect(await verified()).toMatchObject({ code: 0, report: { entries: 0, checkpoints: 0 } });
  const none = await run('audit', 'anchor', '--json');
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('anchor-missing')]);
  expect((await run('init', '--province', '20')).code).toBe(0);
  expect(await verified()).toMatchObject({
    code: 0,
    report: { ok: true, entries: 1, checkpoints: 1, notYetSigned: 0 },
  });
  expect(await verified()).toMatchObject({ report: { checkpoints: 1 } });
});

test('an anchor of a day can be kept in a file and held against the log', async () => {
  const printed = await run('audit', 'anchor', '--date', '2/12/2025', '--json');
  expect(printed.json()).toMatchObject({ date: '2025-12-02', number: 1, entries: 1 });
  const file = keep('moc.json', printed.out);
  expect(await verified('--anchor', file)).toMatchObject({
    code: 0,
    report: { anchors: [{ number: 1, ok: true }] },
  });
  const plain = await run('audit', 'anchor');
  expect(plain.json()).toEqual(printed.json());
  expect(plain.err).toContain(`mã gốc ${(printed.json() as Anchor).root}`);
  expect(printed.err).toBe('');
  const kept = keep('moc.txt', `\uFEFF${plain.out}`);
  expect(await verified('--anchor', kept)).toMatchObject({
    ...{ code: 0, report: { anchors: [{ number: 1, ok: true }] } },
  });
  const changed = keep('sua.json', printed.out.replace('"entries":1', '"entries":2'));
  const refused = await run('audit', 'verify', '--anchor', changed, '--json');
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('anchor-not-genuine')]);
  const missing = await run('audit', 'verify', '--anchor', join(folder, 'khong-co'), '--json');
  expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('anchor-unreadable')]);
  const huge = keep('lon.json', '');
  truncateSync(huge, 4 * 2 ** 30);
  for (const none of ['/dev/zero', folder, huge]) {
    const answer = await run('audit', 'verify', '--anchor', none, '--json');
    expect([answer.code, answer.err]).toEqual([1, expect.stringContaining('anchor-no-small-file')]);
  }
});

test('a wrong day, a day without an anchor, and empty reasons are refused', async () => {
  expect((await run('audit', 'anchor', '--date', 'hôm qua')).code).toBe(2);
  expect((await run('audit', 'anchor', '--date', '2020-01-01')).code).toBe(1);
  expect((await run('audit', 'rotate-key')).code).toBe(2);
  expect((await run('audit', 'rotate-key', '--reason', '  ')).code).toBe(2);
  expect((await run('audit', 'redact', '--entry', 'x', '--decision', 'y')).code).toBe(2);
});

test('a payload is redacted by who has a way to the owner, and the key is replaced', async () => {
  const [entry] = await store.behind(async (client) => {
    const { rows } = await client.query<{ id: string }>('select entry_id as id from audit_entries');
    return rows;
  });
  const redact = [
    'audit',
    'redact',
    '--entry',
    entry?.id ?? '',
    '--decision',
    'số 1/QĐ-UBND ngày 2/12/2025',
  ];
  const refused = await run(...redact, '--reason', 'thử', '--json');
  expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('owner-needed')]);
  expect((await asAdmin(...redact, '--reason', 'theo yêu cầu', '--json')).code).toBe(0);
  expect((await run('audit', 'rotate-key', '--reason', 'định kỳ', '--json')).json()).toMatchObject({
    keyNumber: 2,
  });
  expect(await verified('--anchor', join(folder, 'moc.json'))).toMatchObject({
    code: 0,
    report: { ok: true, redacted: 1, entries: 3, keys: 2, notYetSigned: 0, checkpoints: 3 },
  });
});

test('a changed entry ends with 1 and is named, also in words', async () => {
  await store.behind((client) =>
    client.query(`update audit_entries set reason = 'khác' where action = 'audit.rotate-key'`),
  );
  const { code, report } = await verified();
  expect(code).toBe(1);
  expect(report).toMatchObject({
    ok: false,
    first: { kind: 'payload-edited', stream: 'instance', action: 'audit.rotate-key' },
  });
  const said = await run('audit', 'verify');
  expect(said.code).toBe(1);
  expect(said.out).toContain('NHẬT KÝ ĐÃ BỊ THAY ĐỔI');
  expect(said.out).toContain(report.first?.entryId ?? 'không có mã');
});
