import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll } from 'vitest';
import yazl from 'yazl';

/** A cell of a test workbook: text, number, empty, a date style on a serial, or XML as it stands. */
export type TestCell = string | number | null | { serial: number } | { xml: string };

export interface TestSheet {
  name: string;
  /** Row number (1-based) → cells from column A. Numbers left out are rows left out of the file. */
  rows: Readonly<Record<number, readonly TestCell[]>>;
  merges?: readonly string[];
}

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const letter = (column: number): string => String.fromCharCode(65 + column);

const cellXml = (cell: TestCell, reference: string): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') {
    return `<c r="${reference}" t="inlineStr"><is><t>${escapeXml(cell)}</t></is></c>`;
  }
  return 'serial' in cell ? `<c r="${reference}" s="1"><v>${cell.serial}</v></c>` : cell.xml;
};

export function sheetXml(sheet: TestSheet): string {
  const rows = Object.entries(sheet.rows).map(([number, cells]) => {
    const inside = cells.map((cell, column) => cellXml(cell, letter(column) + number));
    return `<row r="${number}">${inside.join('')}</row>`;
  });
  const merges = (sheet.merges ?? []).map((range) => `<mergeCell ref="${range}"/>`);
  const merged = merges.length > 0 ? `<mergeCells>${merges.join('')}</mergeCells>` : '';
  const space = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  return `<worksheet xmlns="${space}"><sheetData>${rows.join('')}</sheetData>${merged}</worksheet>`;
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** The parts of a small workbook; tests change or add parts before it is written. */
export function workbookParts(sheets: readonly TestSheet[]): Record<string, string> {
  const listed = sheets.map(
    ({ name }, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  const relations = sheets.map((_, i) => {
    // The file names run backwards: only the relations say which sheet is which.
    const target = `worksheets/sheet${sheets.length - i}.xml`;
    return `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="${target}"/>`;
  });
  relations.push(`<Relationship Id="rIdS" Type="${OFFICE}/styles" Target="styles.xml"/>`);
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${OFFICE}"><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${relations.join('')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
  };
  sheets.forEach((sheet, i) => {
    parts[`xl/worksheets/sheet${sheets.length - i}.xml`] = sheetXml(sheet);
  });
  return parts;
}

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** A path of this name in a new directory that is gone when the test file ends. */
function temporaryPath(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'thonban-sheet-'));
  directories.push(directory);
  return join(directory, name);
}

/** Writes parts as a zip file; returns its path in a new temporary directory. */
export async function writeZip(
  parts: Readonly<Record<string, string | Buffer>>,
  name = 'test.xlsx',
): Promise<string> {
  const zip = new yazl.ZipFile();
  for (const [part, content] of Object.entries(parts)) {
    zip.addBuffer(typeof content === 'string' ? Buffer.from(content) : content, part);
  }
  zip.end();
  const path = temporaryPath(name);
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

export const writeWorkbook = (sheets: readonly TestSheet[], name?: string): Promise<string> =>
  writeZip(workbookParts(sheets), name);

/** Writes bytes or text as a file of this name in a new temporary directory. */
export function writeTemporary(name: string, content: string | Buffer): string {
  const path = temporaryPath(name);
  writeFileSync(path, content);
  return path;
}

export const EXPORT_TITLES = [
  ...['date', 'family.hostName', 'family.code', 'family.coDanTocTaiCho', 'family.hostGender'],
  ...['family.numberOfMembers', 'quickReview.result', 'b1Point', 'b2Point', 'classify', 'reviewer'],
];

/** What a test changes in an ordinary row of the export. */
export type RowChanges = Partial<Record<string, TestCell>>;

/** A workbook of the export: sheets with the titles and rows that differ as the test says. */
export const writeExport = (
  ...sheets: [name: string, rows: readonly RowChanges[]][]
): Promise<string> =>
  writeWorkbook(
    sheets.map(([name, rows]) => ({
      name,
      rows: Object.fromEntries([EXPORT_TITLES, ...rows.map(exportRow)].map((r, i) => [i + 1, r])),
    })),
  );

/** A row of the 11-column export: an ordinary poor household, changed where the test says. */
export function exportRow(changes: RowChanges = {}): TestCell[] {
  const row: Record<string, TestCell> = {
    ...{ date: '17/10/2025', name: 'Hoàng Văn Mẫu', code: 1, local: 'Không', sex: 'Nam' },
    ...{ members: 4, screen: 'Không đạt', b1: 120, b2: 40, status: 'Hộ nghèo' },
    ...{ reviewer: 'Nông Thị Mẫu' },
  };
  return Object.keys(row).map((key) => (key in changes ? changes[key]! : row[key]!));
}
