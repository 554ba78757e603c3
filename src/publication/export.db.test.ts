import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { editionForge } from '../../test/support/edition-forge.js';
import { openPublicStore } from '../store/index.js';
import { checksumOf } from './edition.js';
import { EXPORT_MARK } from './export-edition.js';
import { databaseSource, exportEdition, fileSource, readExport } from './index.js';

let store: TestStore;
let file: string;
let lines: string[];
let forge: ReturnType<typeof editionForge>;
beforeAll(async () => {
  store = await testStore({ template: 'published' });
  file = path.join(store.dataDir, 'cong-khai.gz');
  await exportEdition(store, file);
  forge = editionForge(file, store.dataDir);
  ({ lines } = forge);
});
afterAll(() => store.close());

const write = (content: Buffer) => forge.write(content);
const packed = (changed: readonly string[]) => forge.packed(changed);
const problemOf = (at: string): Promise<unknown> =>
  readExport(at).then(
    () => null,
    (error: unknown) => error,
  );

describe('an export', () => {
  it('is the edition of the database, byte for byte, in one small file', async () => {
    const reader = await openPublicStore({ env: store.env });
    const { edition } = await databaseSource(reader);
    await reader.close();
    const read = await readExport(file);
    expect(read.head).toEqual(edition.head);
    expect([...read.shelves.keys()].sort()).toEqual([...edition.shelves.keys()].sort());
    const other = [...read.shelves].filter(
      ([name, { json }]) => !edition.shelves.get(name)?.json.equals(json),
    );
    expect(other.map(([name]) => name)).toEqual([]);
    expect(fs.statSync(file).size).toBeLessThan(3_000_000);
    expect(fs.statSync(file).mode & 0o777).toBe(0o644);
  });

  it('says in its first line what it is: simulated, of which province, at which data version', () => {
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      ...{ file: EXPORT_MARK, format: 1, kind: 'demo', provinceCode: '20' },
      notice: 'SỐ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC',
      shelves: lines.length - 1,
    });
  });

  it('can be read by anybody with gunzip: each further line is one shelf and nothing else', () => {
    for (const line of lines.slice(1)) {
      expect(Object.keys(JSON.parse(line) as object)).toEqual(['shelf', 'sha256', 'answers']);
    }
  });

  it('is entered in the audit log, and leaves no half file behind', async () => {
    const entered = await store.behind(async (client) => {
      const { rows } = await client.query<{ payload: unknown }>(
        "select payload from audit_entries where action = 'publication.export'",
      );
      return rows;
    });
    expect(entered).toHaveLength(1);
    expect(fs.readdirSync(store.dataDir).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('into a place where nothing can be written is a sentence', async () => {
    const nowhere = path.join(store.dataDir, 'khong-co', 'tep.gz');
    await expect(exportEdition(store, nowhere)).rejects.toMatchObject({
      code: 'export-not-written',
    });
  });

  it('of a database where nothing was published is a sentence', async () => {
    const empty = await testStore();
    const made = exportEdition(empty, path.join(empty.dataDir, 'tep.gz'));
    await expect(made).rejects.toMatchObject({ code: 'not-published-yet' });
  });
});

const isCommon = (shelf: string) => !shelf.includes('/');
const DEEP = '['.repeat(10_000);
const ANCHOR = '{"anchors":[{"date":"2025-10-01"}]}';
type WithRounds = { rounds: object[] };
const roundsTwice = (json: string): string => {
  const instance = JSON.parse(json) as WithRounds;
  return JSON.stringify({ ...instance, rounds: [...instance.rounds, ...instance.rounds] });
};
const roundsLess = (json: string): string => {
  const instance = JSON.parse(json) as WithRounds;
  return JSON.stringify({ ...instance, rounds: instance.rounds.slice(1) });
};

describe('what is no good export is refused with a sentence', () => {
  const good = () => fs.readFileSync(file);

  it.each<[string, () => string, string]>([
    ['a file that is not there', () => path.join(store.dataDir, 'x'), 'export-missing'],
    ['a directory', () => store.dataDir, 'export-unreadable'],
    ['an empty file', () => write(Buffer.alloc(0)), 'not-an-export'],
    ['a picture', () => write(Buffer.from('\u0089PNG\r\n')), 'not-an-export'],
    ['some other gzip file', () => write(gzipSync('{"a":1}\n')), 'not-an-export'],
    ['gzip of nothing', () => write(gzipSync('')), 'not-an-export'],
    ['a list in place of the head', () => packed(['[]', ...lines.slice(1)]), 'not-an-export'],
  ])('%s', async (_, made, code) => {
    expect(await problemOf(made())).toMatchObject({ code });
  });

  it('cut off anywhere', async () => {
    const whole = good();
    for (const share of [0.01, 0.3, 0.7, 0.95]) {
      const cut = write(whole.subarray(0, Math.floor(whole.length * share)));
      expect(await problemOf(cut)).toMatchObject({ code: 'publication-damaged', kind: 'refused' });
    }
    expect(await problemOf(write(whole.subarray(0, whole.length - 1)))).toMatchObject({
      code: 'publication-damaged',
    });
  });

  it('with a bit changed anywhere', async () => {
    const whole = good();
    for (let at = 40; at < whole.length; at += Math.floor(whole.length / 25)) {
      const bent = Buffer.from(whole);
      bent[at] = (bent[at] ?? 0) ^ 4;
      expect(await problemOf(write(bent))).toMatchObject({ kind: 'refused' });
    }
  });

  it('followed by something else', async () => {
    const more = Buffer.concat([good(), Buffer.from('households.csv')]);
    expect(await problemOf(write(more))).toMatchObject({ code: 'publication-damaged' });
    const another = Buffer.concat([good(), gzipSync('{"shelf":"x"}\n')]);
    expect(await problemOf(write(another))).toMatchObject({ code: 'publication-damaged' });
  });

  it.each<[string, (all: string[]) => string[]]>([
    ['a line too few', (all) => all.slice(0, -1)],
    ['a line twice', (all) => [...all, all.at(-1) ?? '']],
    ['an empty line', (all) => [...all, '']],
    ['a line of something else', (all) => [...all, '{"household":"1"}']],
    ['a key too many', (all) => [...all.slice(0, -1), `${all.at(-1)?.slice(0, -1)},"x":1}`]],
    ['a digit changed', (all) => all.map((line, i) => (i === 40 ? line.replace('1', '2') : line))],
    ['the head changed', (all) => [all[0]?.replace('"demo"', '"real"') ?? '', ...all.slice(1)]],
  ])('%s', async (_, change) => {
    expect(await problemOf(packed(change([...lines])))).toMatchObject({
      code: 'publication-damaged',
    });
  });

  it('a shelf taken out or put in, with a head that fits in number', async () => {
    const fewer = packed([forge.resealed({ shelves: lines.length - 2 }), ...lines.slice(1, -1)]);
    expect(await problemOf(fewer)).toMatchObject({ code: 'publication-damaged' });
    const added = `{"shelf":"households/1","sha256":"${checksumOf('{}')}","answers":{}}`;
    const more = packed([forge.resealed({ shelves: lines.length }), ...lines.slice(1), added]);
    expect(await problemOf(more)).toMatchObject({ code: 'publication-damaged' });
  });

  it('of a newer version of the program, whatever its lines look like', async () => {
    expect(
      await problemOf(packed([forge.resealed({ format: 2 }), 'a line of tomorrow'])),
    ).toMatchObject({
      code: 'publication-newer',
    });
    const head = JSON.stringify({ file: EXPORT_MARK, format: 9, seal: 'otherwise' });
    expect(await problemOf(packed([head]))).toMatchObject({ code: 'publication-newer' });
    expect(await problemOf(packed([forge.resealed({ format: 'x' })]))).toMatchObject({
      code: 'publication-older',
    });
  });

  it('of another province, even when every checksum fits', async () => {
    const renamed = { provinceCode: '01' };
    expect(await problemOf(forge.forged((json) => json, renamed))).toMatchObject({
      code: 'publication-damaged',
    });
    const moved = forge.forged(
      (json, shelf) =>
        shelf === 'instance' ? json.replace('"provinceCode":"20"', '"provinceCode":"01"') : json,
      renamed,
    );
    expect(await problemOf(moved)).toMatchObject({ code: 'publication-of-another-province' });
  });

  it('with another mark than its content, even when every checksum fits', async () => {
    const laundered = forge.forged((json) => json, { kind: 'real', notice: undefined });
    expect(await problemOf(laundered)).toMatchObject({ code: 'publication-damaged' });
  });

  it('counted by other definitions than the pages would explain', async () => {
    const other = forge.forged((json, shelf) =>
      shelf === 'definitions' ? json.replace('Tỷ lệ hộ nghèo', 'Tỷ lệ hộ giàu') : json,
    );
    expect(await problemOf(other)).toMatchObject({ code: 'publication-other-definitions' });
    expect(await problemOf(forge.forged((json) => json))).toBeNull();
  });

  it('that is small and would fill the memory', async () => {
    const head = gzipSync(`${lines[0]}\n`);
    const much = gzipSync(Buffer.alloc(16 * 1024 * 1024, '\n'), { level: 1 });
    const bomb = Buffer.concat([head, ...Array.from({ length: 17 }, () => much)]);
    expect(bomb.length).toBeLessThan(2_000_000);
    expect(await problemOf(write(bomb))).toMatchObject({ code: 'publication-damaged' });
    const lesser = Buffer.concat([head, much]);
    expect(await problemOf(write(lesser))).toMatchObject({ code: 'publication-damaged' });
    // No head in the first bytes: nothing more is unpacked.
    for (const sign of ['\n', '[', '\0']) {
      const other = gzipSync(Buffer.alloc(8 * 1024 * 1024, sign), { level: 1 });
      expect(await problemOf(write(other))).toMatchObject({ code: 'not-an-export' });
    }
    const large = write(Buffer.alloc(0));
    fs.truncateSync(large, 1024 ** 3);
    expect(await problemOf(large)).toMatchObject({ code: 'not-an-export' });
  });

  it.each<[string, (json: string, shelf: string) => string]>([
    ['answers that are none', (json, shelf) => (isCommon(shelf) ? json : '{}')],
    ['no JSON', (json, shelf) => (isCommon(shelf) ? json : 'x')],
    ['answers in ten thousand brackets', (json, shelf) => (isCommon(shelf) ? json : DEEP)],
    ['definitions in brackets', (json, shelf) => (shelf === 'definitions' ? DEEP : json)],
    ['an instance that is none', (json, shelf) => (shelf === 'instance' ? '{"rounds":' : json)],
    ['the answer for one commune missing', (json) => json.replace(/,"06232":/, ',"6232":')],
    ['a round twice', (json, shelf) => (shelf === 'instance' ? roundsTwice(json) : json)],
    ['a round less in the list', (json, shelf) => (shelf === 'instance' ? roundsLess(json) : json)],
    ['an anchor that nobody signed', (json, shelf) => (shelf === 'anchors' ? ANCHOR : json)],
  ])('whose checksums all fit, with %s', async (_, change) => {
    expect(await problemOf(forge.forged(change))).toMatchObject({ code: 'publication-damaged' });
  });

  it.each([
    { madeAt: 'garbage' },
    { madeAt: null },
    { madeAt: '2025' },
    { program: 7 },
    { digest: [] },
    { shelves: 1e9 },
    { kind: 'both' },
  ])('whose head is sealed and says %j', async (head) => {
    // Looked at before anything else is.
    expect(await problemOf(packed([forge.resealed(head)]))).toMatchObject({
      ...{ code: 'publication-damaged', why: 'Phần đầu của tệp ghi sai.' },
    });
  });
});

describe('a file that is being served', () => {
  it('is replaced when a good one takes its place; a bad one is told once and not taken', async () => {
    const served = path.join(store.dataDir, 'dang-phuc-vu.gz');
    fs.copyFileSync(file, served);
    const problems: unknown[] = [];
    let why: string | null = null;
    const source = await fileSource(served, {
      onProblem: (error) => problems.push(error),
      tryOut: () => Promise.resolve(why),
    });
    const first = (await source.current()).version;

    fs.writeFileSync(`${served}.moi`, 'hỏng');
    fs.renameSync(`${served}.moi`, served);
    await source.refresh();
    await source.refresh();
    expect(problems).toMatchObject([{ code: 'not-an-export' }]);
    expect((await source.current()).version).toBe(first);

    fs.rmSync(served);
    await source.refresh();
    expect(problems.at(-1)).toMatchObject({ code: 'export-missing' });
    expect((await source.current()).version).toBe(first);

    const real = forge.forged(
      (json, shelf) =>
        shelf === 'instance' ? json.replace('"kind":"demo"', '"kind":"real"') : json,
      { kind: 'real', notice: undefined },
    );
    fs.renameSync(real, served);
    await source.refresh();
    expect(problems.at(-1)).toMatchObject({ code: 'publication-of-another-province' });
    expect((await source.current()).version).toBe(first);

    const later = forge.forged((json) => json, { madeAt: '2031-01-01T00:00:00.000Z' });
    const again = fs.readFileSync(later);
    why = 'Không dựng được trang.';
    fs.renameSync(later, served);
    await source.refresh();
    expect(problems.at(-1)).toMatchObject({ code: 'publication-damaged', why });
    expect((await source.current()).version).toBe(first);

    why = null;
    fs.writeFileSync(`${served}.moi`, again);
    fs.renameSync(`${served}.moi`, served);
    await source.refresh();
    expect(problems).toHaveLength(4);
    expect((await source.current()).version).not.toBe(first);
  });
});
