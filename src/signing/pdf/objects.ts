import { inflateSync } from 'node:zlib';
import { Lexer, PdfSyntaxError, isWhite } from './lexer.js';
import type { PdfValue } from './value.js';
import { PdfDictionary } from './value.js';

/** Everything a PDF holds that can be named: objects, those inside object streams, trailers. */
export interface PdfObjects {
  values: PdfValue[];
  /** Trailers, of either kind: they say whether the file is encrypted. */
  trailers: PdfDictionary[];
  /** The last object of each number: what a reference leads to. */
  numbered: Map<number, PdfValue>;
  /** Content that stands behind a dictionary, packed as it is in the file. */
  streams: PdfStream[];
}

export interface PdfStream {
  number: number;
  dictionary: PdfDictionary;
  bytes: Buffer;
}

/** A file that takes more to read than any document needs. */
export class PdfTooLargeError extends Error {}

const MOST_OBJECTS = 300_000;
const MOST_INFLATED = 64 * 1024 * 1024;

/** More broken objects than this are no scanner's slip of the pen. */
const MOST_BROKEN = 1_000;

/** Bytes that may be looked at, over and over: broken values that overlap cost no more than this. */
class Work {
  #left: number;
  #broken = 0;

  constructor(bytes: number) {
    this.#left = 3 * bytes + 65_536;
  }

  /** The value here, or nothing: what cannot be read is passed over, as viewers do. */
  read(lexer: Lexer): PdfValue | undefined {
    const start = lexer.at;
    try {
      return lexer.value();
    } catch (error) {
      if (!(error instanceof PdfSyntaxError)) throw error;
      this.#spend(lexer.at - start);
      if (++this.#broken > MOST_BROKEN) throw new PdfTooLargeError('too much is broken');
      lexer.at = start;
      return undefined;
    } finally {
      this.#spend(lexer.at - start);
    }
  }

  #spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw new PdfTooLargeError('too much to read');
  }
}

/**
 * Reads every object of a file from its first byte to its last. The table of places at the end of a PDF
 * is not asked: what it leaves out can still be brought back, and a scanner that writes it wrongly makes
 * a file that every viewer opens.
 * @throws PdfTooLargeError, PdfSyntaxError for an object stream that cannot be unpacked
 */
export function readObjects(bytes: Buffer): PdfObjects {
  const work = new Work(bytes.length);
  const found: PdfObjects = {
    ...{ values: [], trailers: trailersIn(bytes, work) },
    ...{ numbered: new Map<number, PdfValue>(), streams: [] },
  };
  const budget = { inflated: MOST_INFLATED };
  const keep = (number: number, value: PdfValue): void => {
    found.values.push(value);
    found.numbered.set(number, value);
    if (found.values.length > MOST_OBJECTS) throw new PdfTooLargeError('too many objects');
  };
  for (let next = nextObject(bytes, 0); next;) {
    const { number, at } = next;
    const lexer = new Lexer(bytes, at);
    const value = work.read(lexer);
    if (value instanceof PdfDictionary) {
      const stream = streamAfter(lexer, value);
      if (value.nameOf('Type') === 'XRef') found.trailers.push(value);
      if (stream && value.nameOf('Type') === 'ObjStm') {
        for (const [inner, object] of unpack(value, stream, budget)) keep(inner, object);
      } else if (stream) found.streams.push({ number, dictionary: value, bytes: stream });
    }
    if (value !== undefined) keep(number, value);
    next = nextObject(bytes, lexer.at);
  }
  return found;
}

/**
 * The next `12 0 obj` from `from` on, with the place where its value begins. Byte by byte and never back,
 * so that the whole file is passed over once, also one that holds nothing but "obj".
 */
function nextObject(bytes: Buffer, from: number): { number: number; at: number } | null {
  for (let at = from; at + 2 < bytes.length; at++) {
    if (bytes[at] !== 0x6f || bytes[at + 1] !== 0x62 || bytes[at + 2] !== 0x6a) continue;
    const number = numberBefore(bytes, at);
    if (number !== null) return { number, at: at + 3 };
  }
  return null;
}

/** Spaces between the two numbers of an object; nobody writes more. */
const MOST_SPACES = 24;

/** The 12 when `12 0` and spaces stand before this place. It is asked a million times. */
function numberBefore(bytes: Buffer, end: number): number | null {
  const generation = back(bytes, end, isWhite, MOST_SPACES);
  const space = back(bytes, generation, isDigit, 5);
  if (space === generation) return null;
  const number = back(bytes, space, isWhite, MOST_SPACES);
  if (number === space) return null;
  const start = back(bytes, number, isDigit, 9);
  if (start === number || isDigit(bytes[start - 1])) return null;
  return Number(bytes.toString('latin1', start, number));
}

/** Where bytes of one kind begin that end here, at most so many of them. */
function back(
  bytes: Buffer,
  from: number,
  is: (byte: number | undefined) => boolean,
  most: number,
): number {
  let at = from;
  while (from - at < most && is(bytes[at - 1])) at--;
  return at;
}

const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 48 && byte <= 57;

function trailersIn(bytes: Buffer, work: Work): PdfDictionary[] {
  const trailers: PdfDictionary[] = [];
  for (let at = bytes.indexOf('trailer'); at >= 0; at = bytes.indexOf('trailer', at + 7)) {
    const value = work.read(new Lexer(bytes, at + 7));
    if (value instanceof PdfDictionary) trailers.push(value);
  }
  return trailers;
}

/** The bytes of the stream that follows a dictionary; the reader then stands behind it. */
function streamAfter(lexer: Lexer, dictionary: PdfDictionary): Buffer | null {
  const { bytes } = lexer;
  if (!lexer.takes('stream')) return null;
  let start = lexer.at;
  if (bytes[start] === 13) start++;
  if (bytes[start] === 10) start++;
  const length = dictionary.get('Length');
  const end =
    typeof length === 'number' && isEndOfStream(bytes, start + length)
      ? start + length
      : bytes.indexOf('endstream', start, 'latin1');
  const until = end < 0 ? bytes.length : end;
  lexer.at = until;
  return bytes.subarray(start, until);
}

function isEndOfStream(bytes: Buffer, at: number): boolean {
  let end = at;
  while (isWhite(bytes[end]) && end < at + 4) end++;
  return bytes.toString('latin1', end, end + 9) === 'endstream';
}

/** The objects of an object stream (§7.5.7). Only the compression that writers use is known. */
function unpack(
  dictionary: PdfDictionary,
  stream: Buffer,
  budget: { inflated: number },
): [number, PdfValue][] {
  const [count, first] = [dictionary.get('N'), dictionary.get('First')];
  if (typeof count !== 'number' || typeof first !== 'number' || count > MOST_OBJECTS) {
    throw new PdfSyntaxError('an object stream without its numbers');
  }
  const content = inflated(dictionary, stream, budget);
  const header = new Lexer(content);
  const places = Array.from({ length: count }, () => [
    Number(header.value()),
    Number(header.value()),
  ]);
  const work = new Work(content.length);
  return places.flatMap(([number = 0, place = 0]): [number, PdfValue][] => {
    const value = work.read(new Lexer(content, first + place));
    return value === undefined ? [] : [[number, value]];
  });
}

/** A stream as it was before packing. @throws PdfSyntaxError for another packing than Flate */
export function inflated(
  dictionary: PdfDictionary,
  stream: Buffer,
  budget: { inflated: number },
): Buffer {
  if (!dictionary.has('Filter')) return stream;
  const filter = dictionary.get('Filter');
  const only = Array.isArray(filter) && filter.length === 1 ? (filter[0] as PdfValue) : filter;
  const isDeflate = new PdfDictionary(new Map([['F', only ?? null]])).nameOf('F') === 'FlateDecode';
  if (!isDeflate || dictionary.has('DecodeParms')) {
    throw new PdfSyntaxError('a stream packed in an unknown way');
  }
  try {
    const content = inflateSync(stream, { maxOutputLength: budget.inflated });
    budget.inflated -= content.length;
    return content;
  } catch (cause) {
    if (cause instanceof RangeError) throw new PdfTooLargeError('unpacks to too much');
    throw new PdfSyntaxError('a stream that does not unpack', { cause });
  }
}
