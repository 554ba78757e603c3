import { ZipFile } from 'yazl';

/** How a cell looks; `number` and `percent` are right-aligned by nature. */
export type CellStyle = 'plain' | 'bold' | 'title' | 'head' | 'number' | 'rate' | 'italic' | 'mark';

export interface XlsxCell {
  value: string | number | null;
  style: CellStyle;
}

export interface XlsxSheet {
  name: string;
  rows: readonly (readonly XlsxCell[])[];
  /** Ranges such as "A1:F1". */
  merges: readonly string[];
  /** Rows above stay in sight while scrolling. */
  frozenRows: number;
  /** Rows (counted from 1, inclusive) that repeat at the top of each printed page. */
  printTitles: readonly [first: number, last: number];
  /** Widths in characters, from column A. */
  widths: readonly number[];
  /** Heights in points, from row 1; rows beyond take the ordinary height. */
  heights: readonly number[];
}

const STYLES: readonly CellStyle[] = [
  'plain',
  'bold',
  'title',
  'head',
  'number',
  'rate',
  'italic',
  'mark',
];

/** "A", "Z", "AA" for 0, 25, 26. */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** One workbook of one sheet (ECMA-376 SpreadsheetML); text is inline and never a formula. */
export async function writeXlsx(sheet: XlsxSheet): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipFile();
  const add = (path: string, text: string) =>
    zip.addBuffer(Buffer.from(`${DECLARATION}${text}`), path, { mtime: EPOCH });
  add('[Content_Types].xml', CONTENT_TYPES);
  add('_rels/.rels', ROOT_RELS);
  add('xl/workbook.xml', workbookXml(sheet));
  add('xl/_rels/workbook.xml.rels', WORKBOOK_RELS);
  add('xl/styles.xml', STYLES_XML);
  add('xl/worksheets/sheet1.xml', sheetXml(sheet));
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}

/** The same form gives the same bytes. */
const EPOCH = new Date(Date.UTC(2000, 0, 1));

function sheetXml({ rows, merges, frozenRows, widths, heights }: XlsxSheet): string {
  const cols = widths
    .map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  const pane =
    `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" ` +
    'state="frozen"/>';
  const body = rows.map((cells, at) => rowXml(cells, at + 1, heights[at])).join('');
  const merged = merges.map((range) => `<mergeCell ref="${range}"/>`).join('');
  return (
    `<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
    '<sheetFormatPr defaultRowHeight="16.5" customHeight="1"/>' +
    `<cols>${cols}</cols><sheetData>${body}</sheetData>` +
    (merges.length > 0 ? `<mergeCells count="${merges.length}">${merged}</mergeCells>` : '') +
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
  );
}

function rowXml(cells: readonly XlsxCell[], number: number, height: number | undefined): string {
  const parts = cells.map(({ value, style }, at) => {
    const reference = `r="${columnName(at)}${number}" s="${STYLES.indexOf(style)}"`;
    if (value === null || value === '') return `<c ${reference}/>`;
    if (typeof value === 'number') return `<c ${reference}><v>${value}</v></c>`;
    return `<c ${reference} t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
  });
  const tall = height === undefined ? '' : ` ht="${height}" customHeight="1"`;
  return `<row r="${number}"${tall}>${parts.join('')}</row>`;
}

/** Characters that XML 1.0 cannot hold are dropped. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const CONTENT_TYPES =
  `<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`;

const ROOT_RELS =
  `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" ` +
  `Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

const WORKBOOK_RELS =
  `<Relationships xmlns="${PACKAGE}/relationships">` +
  `<Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>` +
  `<Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;

function workbookXml({ name, printTitles: [first, last] }: XlsxSheet): string {
  const quoted = escapeXml(name.replaceAll("'", "''"));
  return (
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
    `<sheet name="${escapeXml(name)}" sheetId="1" r:id="rId1"/></sheets>` +
    `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">` +
    `'${quoted}'!$${first}:$${last}</definedName></definedNames></workbook>`
  );
}

/** Cell formats in the order of `STYLES`: font, border, number format, alignment. */
const FORMATS = [
  '<xf fontId="0" borderId="1" numFmtId="0"/>',
  '<xf fontId="1" borderId="1" numFmtId="0" applyFont="1"/>',
  '<xf fontId="2" borderId="0" numFmtId="0" applyFont="1" applyAlignment="1"><alignment horizontal="center" wrapText="1"/></xf>',
  '<xf fontId="1" borderId="1" fillId="2" numFmtId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>',
  '<xf fontId="0" borderId="1" numFmtId="3" applyNumberFormat="1"/>',
  '<xf fontId="0" borderId="1" numFmtId="4" applyNumberFormat="1"/>',
  '<xf fontId="3" borderId="1" numFmtId="0" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>',
  '<xf fontId="4" borderId="0" numFmtId="0" applyFont="1" applyAlignment="1"><alignment horizontal="center" wrapText="1"/></xf>',
].join('');

const FONT = '<name val="Times New Roman"/>';
const EDGE = ['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin"/>`).join('');

const STYLES_XML =
  `<styleSheet xmlns="${MAIN}"><fonts count="5">` +
  `<font><sz val="12"/>${FONT}</font><font><b/><sz val="12"/>${FONT}</font>` +
  `<font><b/><sz val="14"/>${FONT}</font><font><i/><sz val="10"/>${FONT}</font>` +
  `<font><b/><sz val="12"/><color rgb="FF8A5A00"/>${FONT}</font></fonts>` +
  '<fills count="3"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE3E6EA"/></patternFill></fill></fills>' +
  `<borders count="2"><border/><border>${EDGE}</border></borders>` +
  '<cellStyleXfs count="1"><xf/></cellStyleXfs>' +
  `<cellXfs count="${STYLES.length}">${FORMATS}</cellXfs></styleSheet>`;
