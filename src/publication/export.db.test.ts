import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestStore } from '../../test/support/database.js';
import { testStore } from '../../test/support/database.js';
import { canonicalJson, openPublicStore } from '../store/index.js';
import { checksumOf } from './edition.js';
import { EXPORT_MARK } from './export-edition.js';
import { databaseSource, exportEdition, fileSource, readExport } from './index.js';

let store: TestStore;
let file: string;
let lines: string[];
beforeAll(async () => {
  store = await testStore({ template: 'published' });
  file = path.join(store.dataDir, 'cong-khai.gz');
  await exportEdition(store, file);
  lines = gunzipSync(fs.readFileSync(file)).toString('utf8').trimEnd().split('\n');
});
afterAll(() => store.close());

let serial = 0;
const write = (content: Buffer): string => {
  const at = path.join(store.dataDir, `tep-${++serial}.gz`);
  fs.writeFileSync(at, content);
  return at;
};
const packed = (changed: readonly string[]) => write(gzipSync(`${changed.join('\n')}\n`));
const problemOf = (at: string): unknown => {
  try {
    readExport(at);
    return null;
  } catch (error) {
    return error;
  }
};

/** The head with changes, sealed anew as somebody would who knows how. */
function resealed(changes: Record<string, unknown>): string {
  const { seal: _seal, ...head } = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  const changed = { ...head, ...changes };
  return JSON.stringify({ ...changed, seal: checksumOf(canonicalJson(changed)) });
}

const digestOfLines = (shelves: readonly string[]) =>
  checksumOf(
    shelves
      .map((line) => {
        const { shelf, sha256 } = JSON.parse(line) as { shelf: string; sha256: string };
        return `${shelf} ${sha256}\n`;
      })
      .sort()
      .join(''),
  );

/** Every shelf with its text changed, each with a fitting checksum, and a fitting head. */
function forged(change: (answers: string, shelf: string) => string, head = {}): string {
  const shelves = lines.slice(1).map((line) => {
    const { shelf, answers } = JSON.parse(line) as { shelf: string; answers: unknown };
    const json = change(JSON.stringify(answers), shelf);
    return `{"shelf":"${shelf}","sha256":"${checksumOf(json)}","answers":${json}}`;
  });
  return packed([resealed({ digest: digestOfLines(shelves), ...head }), ...shelves]);
}

describe('an export', () => {
  it('is the edition of the database, byte for byte, in one small file', async () => {
    const reader = await openPublicStore({ env: store.env });
    const { edition } = await databaseSource(reader);
    await reader.close();
    const read = readExport(file);
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
  ])('%s', (_, made, code) => {
    expect(problemOf(made())).toMatchObject({ code });
  });

  it('cut off anywhere', () => {
    const whole = good();
    for (const share of [0.01, 0.3, 0.7, 0.95]) {
      const cut = write(whole.subarray(0, Math.floor(whole.length * share)));
      expect(problemOf(cut)).toMatchObject({ code: 'publication-damaged', kind: 'refused' });
    }
    expect(problemOf(write(whole.subarray(0, whole.length - 1)))).toMatchObject({
      code: 'publication-damaged',
    });
  });

  it('with a bit changed anywhere', () => {
    const whole = good();
    for (let at = 40; at < whole.length; at += Math.floor(whole.length / 25)) {
      const bent = Buffer.from(whole);
      bent[at] = (bent[at] ?? 0) ^ 4;
      expect(problemOf(write(bent))).toMatchObject({ kind: 'refused' });
    }
  });

  it('followed by something else', () => {
    const more = Buffer.concat([good(), Buffer.from('households.csv')]);
    expect(problemOf(write(more))).toMatchObject({ code: 'publication-damaged' });
    const another = Buffer.concat([good(), gzipSync('{"shelf":"x"}\n')]);
    expect(problemOf(write(another))).toMatchObject({ code: 'publication-damaged' });
  });

  it.each<[string, (all: string[]) => string[]]>([
    ['a line too few', (all) => all.slice(0, -1)],
    ['a line twice', (all) => [...all, all.at(-1) ?? '']],
    ['an empty line', (all) => [...all, '']],
    ['a line of something else', (all) => [...all, '{"household":"1"}']],
    ['a key too many', (all) => [...all.slice(0, -1), `${all.at(-1)?.slice(0, -1)},"x":1}`]],
    ['a digit changed', (all) => all.map((line, i) => (i === 40 ? line.replace('1', '2') : line))],
    ['the head changed', (all) => [all[0]?.replace('"demo"', '"real"') ?? '', ...all.slice(1)]],
  ])('%s', (_, change) => {
    expect(problemOf(packed(change([...lines])))).toMatchObject({ code: 'publication-damaged' });
  });

  it('a shelf taken out or put in, with a head that fits in number', () => {
    const fewer = packed([resealed({ shelves: lines.length - 2 }), ...lines.slice(1, -1)]);
    expect(problemOf(fewer)).toMatchObject({ code: 'publication-damaged' });
    const added = `{"shelf":"households/1","sha256":"${checksumOf('{}')}","answers":{}}`;
    const more = packed([resealed({ shelves: lines.length }), ...lines.slice(1), added]);
    expect(problemOf(more)).toMatchObject({ code: 'publication-damaged' });
  });

  it('of a newer version of the program, whatever its lines look like', () => {
    expect(problemOf(packed([resealed({ format: 2 }), 'a line of tomorrow']))).toMatchObject({
      code: 'publication-newer',
    });
    const head = JSON.stringify({ file: EXPORT_MARK, format: 9, seal: 'otherwise' });
    expect(problemOf(packed([head]))).toMatchObject({ code: 'publication-newer' });
    expect(problemOf(packed([resealed({ format: 'x' })]))).toMatchObject({
      code: 'publication-older',
    });
  });

  it('of another province, even when every checksum fits', () => {
    const renamed = { provinceCode: '01' };
    expect(problemOf(forged((json) => json, renamed))).toMatchObject({
      code: 'publication-damaged',
    });
    const moved = forged(
      (json, shelf) =>
        shelf === 'instance' ? json.replace('"provinceCode":"20"', '"provinceCode":"01"') : json,
      renamed,
    );
    expect(problemOf(moved)).toMatchObject({ code: 'publication-of-another-province' });
  });

  it('with another mark than its content, even when every checksum fits', () => {
    const laundered = forged((json) => json, { kind: 'real', notice: undefined });
    expect(problemOf(laundered)).toMatchObject({ code: 'publication-damaged' });
  });

  it('counted by other definitions than the pages would explain', () => {
    const other = forged((json, shelf) =>
      shelf === 'definitions' ? json.replace('Tỷ lệ hộ nghèo', 'Tỷ lệ hộ giàu') : json,
    );
    expect(problemOf(other)).toMatchObject({ code: 'publication-other-definitions' });
    expect(problemOf(forged((json) => json))).toBeNull();
  });

  it('that unpacks to more than a province can be', () => {
    const bomb = gzipSync(Buffer.alloc(600 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(problemOf(write(bomb))).toMatchObject({ code: 'publication-damaged' });
  });
});

describe('a file that is being served', () => {
  it('is replaced when a good one takes its place; a bad one is told once and not taken', async () => {
    const served = path.join(store.dataDir, 'dang-phuc-vu.gz');
    fs.copyFileSync(file, served);
    const problems: unknown[] = [];
    const source = await fileSource(served, { onProblem: (error) => problems.push(error) });
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

    const real = forged(
      (json, shelf) =>
        shelf === 'instance' ? json.replace('"kind":"demo"', '"kind":"real"') : json,
      { kind: 'real', notice: undefined },
    );
    fs.renameSync(real, served);
    await source.refresh();
    expect(problems.at(-1)).toMatchObject({ code: 'publication-of-another-province' });
    expect((await source.current()).version).toBe(first);

    fs.renameSync(
      forged((json) => json, { madeAt: '2031-01-01T00:00:00.000Z' }),
      served,
    );
    await source.refresh();
    expect(problems).toHaveLength(3);
    expect((await source.current()).version).not.toBe(first);
  });
});
