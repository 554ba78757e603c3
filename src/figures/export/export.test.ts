import { fromBufferPromise } from 'yauzl';
import { describe, expect, it } from 'vitest';
import { formDefinition } from '../pack-files.js';
import type { Form, SeriesPoint } from '../types.js';
import { csvField, formCsv } from './form-csv.js';
import { columnName, writeXlsx } from './xlsx-writer.js';
import { formXlsx } from './form-xlsx.js';
import { seriesCsv } from './series-csv.js';

const form = (name: string): Form => ({
  form: 1,
  title: 'Kết quả',
  round: 2025,
  area: '20',
  areaName: 'Tỉnh Lạng Sơn',
  boundaries: '2025-12-31' as Form['boundaries'],
  standard: 'PS-2022',
  status: 'recognised',
  countedStatus: 'recognised_status',
  synthetic: true,
  columns: formDefinition(1).columns,
  rows: [
    {
      unitCode: '06004',
      unitValidFrom: '2025-07-01' as Form['boundaries'],
      name,
      level: 'commune',
      measure: null,
      cells: {
        1: 1000,
        3: null,
        4: null,
        5: 80,
        6: { value: '8.00', unit: 'percent', numerator: 80, denominator: 1000 },
      },
      suppressed: ['3', '4'],
    },
  ],
  identities: [],
  pending: 0,
  coverage: { units: 1, unitsWithRows: 1, unitsDecided: 1 },
  missing: [],
  source: { files: [], legalBasis: [] },
});

describe('CSV', () => {
  it.each(['=1+1', '+84', '-2', '@SUM(A1)', '\tx'])('%j is never a formula', (text) => {
    expect(csvField(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it('quotes what would break a line, keeps numbers plain', () => {
    expect(csvField('a "b", c\n')).toBe('"a ""b"", c\n"');
    expect(csvField(-2)).toBe('-2');
    expect(csvField(null)).toBe('');
  });

  it('carries the simulation mark, a note on hidden cells, and empty fields for unknown ones', () => {
    const lines = formCsv(form('=HYPERLINK("x")')).split('\r\n');
    expect(lines[0]).toContain('SỐ LIỆU MÔ PHỎNG');
    expect(lines.some((line) => line.startsWith('* Ẩn số liệu nhỏ'))).toBe(true);
    expect(lines.at(-2)).toBe(`06004,"'=HYPERLINK(""x"")",1000,,*,*,80,8,,,,,,,,`);
  });
});

/** The text of the two parts of a workbook that a reader sees. */
async function parts(file: Uint8Array<ArrayBuffer>): Promise<Record<'workbook' | 'sheet', string>> {
  const zip = await fromBufferPromise(Buffer.from(file), { lazyEntries: true });
  const texts = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    texts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
  }
  const text = (name: string) => texts.get(name) ?? '';
  return { workbook: text('xl/workbook.xml'), sheet: text('xl/worksheets/sheet1.xml') };
}

describe('Excel', () => {
  it('names columns as spreadsheets do', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
    ]);
  });

  it('is a zip that starts as one and is the same for the same form', async () => {
    const [one, two] = [await formXlsx(form('Xã A')), await formXlsx(form('Xã A'))];
    expect([...one.slice(0, 2)]).toEqual([0x50, 0x4b]);
    expect(Buffer.compare(one, two)).toBe(0);
    expect(Buffer.compare(one, await formXlsx(form('Xã B')))).not.toBe(0);
  });

  it('takes text with markup and characters that XML cannot hold', async () => {
    const cell = { value: '<a>&\u0001\uD800', style: 'plain' as const };
    const sheet = {
      name: 'a',
      rows: [[cell]],
      merges: [],
      frozenRows: 1,
      printTitles: [1, 1] as const,
      widths: [8],
      heights: [],
    };
    await expect(writeXlsx(sheet)).resolves.toBeInstanceOf(Uint8Array);
  });

  it('repeats the head on every printed page and leaves room for its wrapped lines', async () => {
    const { workbook, sheet } = await parts(await formXlsx(form('Xã A')));
    const titles = /Print_Titles"[^>]*>'Mẫu 1 năm 2025'!\$(\d+):\$(\d+)</u.exec(workbook);
    const [first, last] = [Number(titles?.[1]), Number(titles?.[2])];
    expect(last - first).toBe(2);
    const height = (row: number) =>
      Number(new RegExp(`<row r="${row}" ht="([\\d.]+)"`).exec(sheet)?.[1]);
    expect(height(first + 1)).toBeGreaterThanOrEqual(2 * 16.5);
    expect(sheet).toContain(`ySplit="${last}"`);
  });
});

describe('a series as CSV', () => {
  const point = (round: number, value: string | null, synthetic: boolean): SeriesPoint => ({
    round,
    standard: 'PS-2022',
    figure: {
      ...{ code: 'poverty-rate', name: 'Tỷ lệ', area: '20', areaName: 'Tỉnh', standard: 'PS-2022' },
      ...{ period: round, value, numerator: 3, denominator: 100, unit: 'percent', synthetic },
      areaValidFrom: '2025-07-01' as Form['boundaries'],
      boundaries: '2025-12-31' as Form['boundaries'],
      source: { kind: 'computed', file: 'x.sql', countedStatus: 'proposed_status', legalBasis: [] },
      ...{ status: 'provisional', pending: 0, notComputable: 0, missing: [] },
      coverage: { units: 1, unitsWithRows: 1, unitsDecided: 0 },
    },
    change: null,
    published: null,
    allPublished: [],
  });
  const csv = (...points: SeriesPoint[]) =>
    seriesCsv(
      { code: 'poverty-rate', area: '20', areaName: '=Tỉnh', boundaries: 'as-was', points },
      'Tỷ lệ',
    );

  it('has a line a round, an empty field where there is no number, and says what is counted', () => {
    const lines = csv(point(2024, '3.00', false), point(2025, null, false)).split('\r\n');
    expect(lines[2]).toMatch(/^2024,3,%,3,100,,PS-2022,sơ bộ,proposed_status,x\.sql/);
    expect(lines[3]).toMatch(/^2025,,%,/);
    expect(lines).toHaveLength(5);
  });

  it('carries the mark of simulated rows in its first line, and only of those', () => {
    expect(csv(point(2024, '3.00', true))).toMatch(/^\uFEFFSỐ LIỆU MÔ PHỎNG/);
    expect(csv(point(2024, '3.00', false))).not.toContain('MÔ PHỎNG');
  });
});
