import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { fixedClock } from '../../kernel/index.js';
import { runCli } from '../main.js';

const folder = mkdtempSync(join(tmpdir(), 'thonban-look-up-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function run(...words: string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(words, {
    env: {},
    stdin: new PassThrough(),
    stdout,
    stderr,
    clock: fixedClock('2026-01-20T03:00:00Z'),
    signal: new AbortController().signal,
    boot: null,
  });
  const out = String(stdout.read() ?? '');
  return { code, out, err: String(stderr.read() ?? ''), json: () => JSON.parse(out) as unknown };
}

describe('areas', () => {
  test('show answers the unit of the day', async () => {
    const old = await run('areas', 'show', '06040', '--on', '2024-11-30', '--json');
    expect(old.code).toBe(0);
    expect(old.json()).toEqual({
      code: '06040',
      validFrom: '2020-01-01',
      validTo: '2024-11-30',
      name: 'Xã Đại Đồng',
      kind: 'Xã',
      area: 'rural',
      parent: '180',
      predecessors: [],
      successors: [
        { code: '06025', validFrom: '2020-01-01', part: 'partial' },
        { code: '06040', validFrom: '2024-12-01', part: 'partial' },
      ],
    });
    const town = await run('areas', 'show', '06040', '--on', '01/12/2024', '--json');
    expect(town.json()).toMatchObject({ name: 'Thị trấn Thất Khê', area: 'urban' });
  });

  test('show needs a real date, and says whose code it was', async () => {
    expect((await run('areas', 'show', '06040')).code).toBe(2);
    expect((await run('areas', 'show', '06040', '--on', '2025-02-30')).code).toBe(2);
    const gone = await run('areas', 'show', '06007', '--on', '2025-01-01');
    expect(gone.code).toBe(1);
    expect(gone.out).toBe('');
    expect(gone.err).toContain('Xã Vĩnh Tiến');
  });

  test('bridge asks for its round before it opens any instance', async () => {
    const answer = await run('areas', 'bridge', '06625');
    expect([answer.code, answer.out]).toEqual([2, '']);
    expect(answer.err).toContain('--round');
  });

  test('lineage lists every unit that had the code', async () => {
    const { json } = await run('areas', 'lineage', '06040', '--json');
    expect((json() as { name: string }[]).map((unit) => unit.name)).toEqual([
      'Xã Đại Đồng',
      'Thị trấn Thất Khê',
      'Xã Thất Khê',
    ]);
  });

  test('find answers one unit, candidates or suggestions', async () => {
    const one = await run('areas', 'find', 'x.', 'quoc', 'khanh', '--on', '2025-12-31', '--json');
    expect(one.json()).toMatchObject({ match: { code: '06004' } });
    const many = await run('areas', 'find', 'Hòa Bình', '--on', '2023-12-31', '--json');
    expect(many.json()).toMatchObject({ match: null, candidates: { length: 4 } });
    const none = await run('areas', 'find', 'Quốc Khanhf', '--on', '2025-12-31', '--json');
    expect(none.code).toBe(1);
    expect(none.json()).toMatchObject({ candidates: [], suggestions: [{ code: '06004' }] });
    expect((await run('areas', 'find', 'Ba Đình', '--country')).out).toContain('Hà Nội');
  });
});

describe('law', () => {
  test('cite prints one entry for each document', async () => {
    const path = file('a.txt', '\uFEFFTheo Nghị định số 07/2021/NĐ-CP và NĐ 07/2021.');
    const { code, json } = await run('law', 'cite', path, '--on', '2023-01-01', '--json');
    expect(code).toBe(0);
    expect(json()).toEqual([
      {
        text: '07/2021/NĐ-CP',
        offsets: [
          [19, 32],
          [36, 46],
        ],
        number: '07/2021/NĐ-CP',
        type: 'decree',
        issuer: 'Chính phủ',
        date: '2021-01-27',
        resolved: true,
        title: 'Quy định chuẩn nghèo đa chiều giai đoạn 2021 - 2025',
        inForce: true,
        changedBy: [],
      },
    ]);
  });

  test('cite refuses what is not plain text, and what is not there', async () => {
    const binary = file('b.docx', Uint8Array.of(0x50, 0x4b, 3, 4, 0xff, 0));
    expect((await run('law', 'cite', binary)).code).toBe(1);
    expect((await run('law', 'cite', file('c.txt', 'a\0b'))).code).toBe(1);
    expect((await run('law', 'cite', join(folder, 'none.txt'))).code).toBe(1);
    expect((await run('law', 'cite')).code).toBe(2);
    expect((await run('law', 'cite', file('d.txt', ''), '--json')).json()).toEqual([]);
  });

  test('show finds a document by its number, and says what is unknown', async () => {
    const shown = await run('law', 'show', '7/2021/ND-CP', '--on', '2026-01-01', '--json');
    expect(shown.json()).toMatchObject({
      number: '07/2021/NĐ-CP',
      inForceFrom: '2021-03-15',
      inForce: true,
      changedBy: [{ number: '30/2025/NĐ-CP' }, { number: '351/2025/NĐ-CP' }],
    });
    expect((await run('law', 'show', '351/2025/NĐ-CP')).out).toContain('chưa rõ');
    expect((await run('law', 'show', 'TT 02/2022')).code).toBe(1);
    expect((await run('law', 'show', '12/NQ-CP ngày 01/01/1999')).code).toBe(1);
    expect((await run('law', 'show', 'không có')).code).toBe(1);
  });
});
