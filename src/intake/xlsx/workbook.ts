import { posix } from 'node:path';
import type { ReadLimits } from '../limits.js';
import { fileProblems } from '../problems.js';
import type { InspectedZip } from './open-zip.js';
import { readWholeXml } from './read-xml.js';

export interface WorkbookParts {
  /** Worksheets in the order of their tabs; `part` is the name inside the zip. */
  sheets: { name: string; part: string }[];
  sharedStrings: string | null;
  styles: string | null;
  is1904: boolean;
}

/** Reads which sheet is in which part; the file names inside say nothing of the order. */
export async function readWorkbook(zip: InspectedZip, limits: ReadLimits): Promise<WorkbookParts> {
  refuseContents(zip);
  const main = await mainPart(zip);
  const relations = await readRelations(zip, main);
  const sheets: { name: string; part: string }[] = [];
  let is1904 = false;
  await readWholeXml(await zip.open(main), {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1];
      const relation = relations.find((r) => r.id === id);
      // Chart sheets and dialogs hold no rows.
      if (!relation?.type.endsWith('/worksheet')) return;
      const title = attributes['name'] ?? `Trang ${sheets.length + 1}`;
      if (title.length > limits.sheetNameChars) {
        throw fileProblems.sheetNameTooLong(sheets.length + 1, limits.sheetNameChars);
      }
      // A row is known by its sheet and number, and a code given by hand by the name of the sheet.
      if (sheets.some((sheet) => sheet.name === title)) throw fileProblems.sheetNameTwice(title);
      sheets.push({ name: title, part: relation.part });
    },
  });
  if (sheets.length > limits.sheets) throw fileProblems.tooManySheets(limits.sheets);
  const partOf = (type: string) => relations.find((r) => r.type.endsWith(type))?.part ?? null;
  return { sheets, sharedStrings: partOf('/sharedStrings'), styles: partOf('/styles'), is1904 };
}

function refuseContents(zip: InspectedZip): void {
  const has = (pattern: RegExp) => zip.names.some((name) => pattern.test(name));
  if (!zip.has('[Content_Types].xml') || !has(/^xl\//i)) {
    const word = has(/^word\//i) ? 'tài liệu Word' : has(/^ppt\//i) ? 'trình chiếu' : null;
    const open = has(/^content\.xml$/i) ? 'bảng tính OpenDocument (.ods)' : null;
    throw fileProblems.notATable(word ?? open ?? 'tệp nén (zip)');
  }
  if (has(/^xl\/(vbaProject\.bin|macrosheets\/)/i)) throw fileProblems.macros();
  if (has(/^xl\/(externalLinks\/|connections\.xml|queryTables\/)/i)) {
    throw fileProblems.externalLinks();
  }
}

interface Relation {
  id: string;
  type: string;
  part: string;
}

/** The workbook as the package names it, in nearly every file `xl/workbook.xml`. */
async function mainPart(zip: InspectedZip): Promise<string> {
  if (!zip.has('_rels/.rels')) return 'xl/workbook.xml';
  const relations = await readRelationsFile(zip, '_rels/.rels', '');
  return relations.find((r) => r.type.endsWith('/officeDocument'))?.part ?? 'xl/workbook.xml';
}

async function readRelations(zip: InspectedZip, main: string): Promise<Relation[]> {
  const folder = posix.dirname(main);
  const file = posix.join(folder, '_rels', `${posix.basename(main)}.rels`);
  return readRelationsFile(zip, file, folder);
}

async function readRelationsFile(
  zip: InspectedZip,
  file: string,
  folder: string,
): Promise<Relation[]> {
  const relations: Relation[] = [];
  await readWholeXml(await zip.open(file), {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const { Id: id = '', Type: type = '', Target: target = '' } = attributes;
      if (/externalLink/i.test(type)) throw fileProblems.externalLinks();
      if (/vbaProject/i.test(type)) throw fileProblems.macros();
      const part = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      relations.push({ id, type, part });
    },
  });
  return relations;
}
