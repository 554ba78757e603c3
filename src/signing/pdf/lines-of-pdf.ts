import { PdfSyntaxError } from './lexer.js';
import type { PdfObjects, PdfStream } from './objects.js';
import { PdfTooLargeError, inflated, readObjects } from './objects.js';
import { shownLines } from './shown-text.js';
import type { ToUnicode } from './to-unicode.js';
import { readToUnicode } from './to-unicode.js';
import type { PdfValue } from './value.js';
import { PdfDictionary, PdfReference, PdfString, textOf } from './value.js';

/** What content unpacks to in sum; a signed decision has a hundredth of it. */
const MOST_CONTENT = 24 * 1024 * 1024;
/** Strings that people read beside the pages: properties, bookmarks, notes, stamps, fields. */
const SAID = ['Title', 'Subject', 'Keywords', 'Author', 'Contents', 'V', 'TU', 'ActualText'];
/** Streams that hold no text of a page. */
const OTHER_TYPES = new Set(['XRef', 'ObjStm', 'EmbeddedFile']);
const PICTURES = /^(DCTDecode|JPXDecode|CCITTFaxDecode|JBIG2Decode)$/;

/**
 * The lines of text in a PDF: what its pages show, as far as its fonts say how they read, its properties
 * (also XMP), bookmarks, notes and form fields. Not read: pictures (a scan), text drawn as shapes, fonts
 * without a table of letters, content packed otherwise than by Flate, and what lies beyond the limits.
 * A file that is no readable PDF has none: whoever takes it in refuses it.
 */
export function linesOfPdf(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const objects = readObjects(file);
    return [...saidIn(objects), ...pagesOf(objects)];
  } catch (error) {
    if (error instanceof PdfSyntaxError || error instanceof PdfTooLargeError) return [];
    throw error;
  }
}

function saidIn({ values, trailers }: PdfObjects): string[] {
  const lines: string[] = [];
  const visit = (value: PdfValue, depth: number): void => {
    if (!(value instanceof PdfDictionary) || depth > 8) return;
    for (const [key, inner] of value.entries) {
      if (!(inner instanceof PdfString)) visit(inner, depth + 1);
      else if (SAID.includes(key) && inner.bytes.length < 2_000) {
        lines.push(...textOf(inner).split(/[\r\n]+/));
      }
    }
  };
  for (const value of [...values, ...trailers]) visit(value, 0);
  return lines;
}

function pagesOf(objects: PdfObjects): string[] {
  const budget = { inflated: MOST_CONTENT };
  const unpacked = (stream: PdfStream): Buffer | null => {
    try {
      return inflated(stream.dictionary, stream.bytes, budget);
    } catch (error) {
      if (error instanceof PdfSyntaxError || error instanceof PdfTooLargeError) return null;
      throw error;
    }
  };
  const fonts = fontReader(objects, unpacked);
  const resources = resourcesByStream(objects);
  const lines: string[] = [];
  for (const stream of objects.streams.filter(mayShow)) {
    const content = unpacked(stream);
    if (!content) continue;
    if (stream.dictionary.nameOf('Type') === 'Metadata') {
      lines.push(...content.toString('utf8').split(/[<>]/));
    } else if (content.includes('BT')) {
      const own = stream.dictionary.get('Resources') ?? resources.get(stream.number);
      lines.push(...shownLines(content, fonts(own)));
    }
  }
  return lines.flatMap((line) => line.split('\n'));
}

function mayShow({ dictionary }: PdfStream): boolean {
  if (OTHER_TYPES.has(dictionary.nameOf('Type') ?? '')) return false;
  if (dictionary.nameOf('Subtype') === 'Image') return false;
  // Programs of fonts say how long they are.
  if (dictionary.has('Length1') || dictionary.has('FunctionType')) return false;
  return !PICTURES.test(dictionary.nameOf('Filter') ?? '');
}

type Resolve = (value: PdfValue | undefined) => PdfValue | undefined;

const resolver =
  ({ numbered }: PdfObjects): Resolve =>
  (value) =>
    value instanceof PdfReference ? numbered.get(value.number) : value;

/** Pages name their content by number; what they use may stand at the page or above it. */
function resourcesByStream(objects: PdfObjects): Map<number, PdfValue> {
  const resolve = resolver(objects);
  const found = new Map<number, PdfValue>();
  for (const page of objects.values) {
    if (!(page instanceof PdfDictionary) || page.nameOf('Type') !== 'Page') continue;
    let at: PdfValue | undefined = page;
    let resources: PdfValue | undefined;
    for (
      let step = 0;
      step < 16 && at instanceof PdfDictionary && resources === undefined;
      step++
    ) {
      resources = at.get('Resources');
      at = resolve(at.get('Parent'));
    }
    const contents = page.get('Contents');
    const listed = resolve(contents);
    const all: readonly PdfValue[] = Array.isArray(listed)
      ? (listed as PdfValue[])
      : [contents ?? null];
    for (const one of all) {
      if (one instanceof PdfReference && resources !== undefined) found.set(one.number, resources);
    }
  }
  return found;
}

/** How the fonts of some resources read, each looked up once. */
function fontReader(objects: PdfObjects, unpacked: (stream: PdfStream) => Buffer | null) {
  const resolve = resolver(objects);
  const streams = new Map(objects.streams.map((stream) => [stream.number, stream]));
  const read = new Map<number, ToUnicode | undefined>();
  const tableAt = (number: number): ToUnicode | undefined => {
    if (!read.has(number)) {
      const stream = streams.get(number);
      const table = stream && unpacked(stream);
      read.set(number, table ? readToUnicode(table.toString('latin1')) : undefined);
    }
    return read.get(number);
  };
  return (resources: PdfValue | undefined) =>
    (name: string): ToUnicode | undefined => {
      const held = resolve(resources);
      const all = held instanceof PdfDictionary ? resolve(held.get('Font')) : undefined;
      const font = all instanceof PdfDictionary ? resolve(all.get(name)) : undefined;
      const table = font instanceof PdfDictionary ? font.get('ToUnicode') : undefined;
      return table instanceof PdfReference ? tableAt(table.number) : undefined;
    };
}
