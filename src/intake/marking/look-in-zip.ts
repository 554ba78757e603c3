import type { Readable } from 'node:stream';
import { Problem } from '../../kernel/index.js';
import type { Cell } from '../cell.js';
import type { ReadLimits } from '../limits.js';
import type { InspectedZip } from '../xlsx/open-zip.js';
import { openZip } from '../xlsx/open-zip.js';
import { readXlsx } from '../xlsx/read-xlsx.js';
import { readWholeXml } from '../xlsx/read-xml.js';
import type { Marking } from './marking.js';
import { degreeIn, degreeInCells, degreeInName, isLabel, mayHoldMarking } from './words.js';

const TEXT_PART = /\.(xml|vml|rels)$/i;
/** A marking cut by the end of a piece is seen whole with this much of the piece before. */
const OVERLAP = 40;
/** Longer texts are no stamp; of a block only this much is kept. */
const LONGEST = 4_000;

/** Elements whose end ends a line: of worksheets, of their headers and properties, of Word and OpenDocument. */
const BLOCKS = new Set([
  ...['si', 'c', 'is', 'p', 'h', 'tr', 'br', 'comment', 'text', 'lpwstr', 'Company', 'Manager'],
  ...['oddHeader', 'oddFooter', 'evenHeader', 'evenFooter', 'firstHeader', 'firstFooter'],
  ...['title', 'subject', 'keywords', 'description', 'category', 'contentStatus', 'creator'],
  ...['keyword', 'user-defined'],
]);
/** Rich text inside `si` and `is` is closed by them, not by the `text` of a comment. */
const HEADING = /^(odd|even|first)(Header|Footer)$/;
/** Codes of a printed heading: where it stands begins a line, font and size are nothing. */
const HEADING_CODES = /&(?:([LCR])|"[^"]*"|\d+|K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|[A-Z])/g;

/**
 * Looks for a marking in all text parts of a zip file: cells, sheet names, printed headings, notes,
 * shapes, properties; Word and OpenDocument too. Parts without the letters of a marking are only
 * inflated, so an ordinary file costs little. What cannot be read is passed over here: whoever reads
 * the file refuses it. @throws Problem for a zip that must not be inflated
 */
export async function lookInZip(
  source: string | Uint8Array,
  limits: ReadLimits,
): Promise<Marking | null> {
  const zip = await openZip(source, limits);
  let asksForDegree = false;
  try {
    for (const name of zip.names.filter((one) => TEXT_PART.test(one))) {
      const found = await lookInPart(zip, name);
      if (found.degree) return { degree: found.degree, place: placeOf(name, found.place) };
      asksForDegree ||= found.asks;
    }
  } finally {
    zip.close();
  }
  return asksForDegree ? lookBesideLabels(source, limits) : null;
}

interface Found {
  degree: Marking['degree'] | null;
  place: string;
  /** Does something say "Độ mật:" alone, so that the next cell has to be asked? */
  asks: boolean;
}

async function lookInPart(zip: InspectedZip, name: string): Promise<Found> {
  const nothing: Found = { degree: null, place: '', asks: false };
  try {
    if (!(await isCandidate(await zip.open(name)))) return nothing;
    return await readLines(await zip.open(name));
  } catch {
    // A part that does not inflate, or is no XML, is told of by whoever reads the file.
    return nothing;
  }
}

async function isCandidate(stream: Readable): Promise<boolean> {
  const decoder = new TextDecoder();
  let tail = '';
  try {
    for await (const chunk of stream) {
      const text = tail + decoder.decode(chunk as Buffer, { stream: true });
      if (mayHoldMarking(text)) return true;
      tail = text.slice(-OVERLAP);
    }
    return false;
  } finally {
    stream.destroy();
  }
}

async function readLines(stream: Readable): Promise<Found> {
  const found: Found = { degree: null, place: '', asks: false };
  let block = '';
  const judge = (text: string, element: string): void => {
    if (found.degree || !mayHoldMarking(text)) return;
    const lines = HEADING.test(element) ? text.replace(HEADING_CODES, codeOf) : text;
    found.degree = degreeInCells([lines]);
    found.place = element;
    found.asks ||= isLabel(text);
  };
  await readWholeXml(stream, {
    open(name, attributes) {
      const said =
        name === 'sheet' ? attributes['name'] : name === 'textpath' ? attributes['string'] : null;
      if (said && !found.degree) {
        found.degree = degreeIn(said) ?? (name === 'sheet' ? degreeInName(`${said}.x`) : null);
        found.place = name;
      }
    },
    text(piece) {
      if (block.length < LONGEST) block += piece;
    },
    close(name) {
      if (!BLOCKS.has(name)) return;
      judge(block, name);
      block = '';
    },
  });
  judge(block, '');
  return found;
}

const codeOf = (_: string, position: string | undefined): string =>
  position === undefined ? '' : '\n';

function placeOf(part: string, element: string): string {
  if (element === 'sheet') return 'tên một trang tính';
  if (HEADING.test(element)) return 'đầu trang hoặc chân trang in';
  if (part.startsWith('docProps/') || part === 'meta.xml') return 'thuộc tính của tệp';
  if (/comments/i.test(part)) return 'ghi chú của một ô';
  if (/drawing|\.vml$/i.test(part)) return 'một hình hoặc khung chữ';
  return part.startsWith('xl/') ? 'một ô của bảng' : 'nội dung tài liệu';
}

/** "Độ mật:" in one cell and the degree in the next: only reading the rows shows which is next. */
async function lookBesideLabels(
  source: string | Uint8Array,
  limits: ReadLimits,
): Promise<Marking | null> {
  try {
    for await (const sheet of readXlsx(source, limits)) {
      for await (const rows of sheet.rows) {
        const degrees = rows.map(({ cells }) => degreeInCells(filled(cells)));
        const degree = degrees.find((one) => one !== null);
        if (degree) return { degree, place: 'một ô của bảng' };
      }
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  return null;
}

/** The cells that say something: a label and its answer often have empty columns between them. */
const filled = (cells: readonly (Cell | undefined)[]): string[] =>
  cells.flatMap((cell) => (typeof cell === 'string' && cell.trim() !== '' ? [cell] : []));
