/** What a PDF is made of (ISO 32000-1 §7.3), as far as a file is judged by it. */
export type PdfValue =
  | number
  | boolean
  | null
  | PdfName
  | PdfString
  | PdfReference
  | PdfDictionary
  | readonly PdfValue[];

export class PdfName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Bytes with the place in the file where they are written, brackets included: `[start, end)`. */
export class PdfString {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly isHex: boolean;
  constructor(bytes: Buffer, start: number, end: number, isHex: boolean) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.isHex = isHex;
  }
}

export class PdfReference {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}

export class PdfDictionary {
  readonly entries: ReadonlyMap<string, PdfValue>;
  constructor(entries: ReadonlyMap<string, PdfValue>) {
    this.entries = entries;
  }

  get(key: string): PdfValue | undefined {
    return this.entries.get(key);
  }

  has(key: string): boolean {
    return (this.entries.get(key) ?? null) !== null;
  }

  /** The name an entry holds: `/Type /Sig` → "Sig". */
  nameOf(key: string): string | null {
    const value = this.entries.get(key);
    return value instanceof PdfName ? value.name : null;
  }
}

/** Text of a string as people read it: UTF-16 with its mark, UTF-8 with its mark, else Latin-1. */
export function textOf({ bytes }: PdfString): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = bytes.subarray(2, bytes.length - (bytes.length % 2));
    return Buffer.from(even).swap16().toString('utf16le');
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return bytes.subarray(3).toString('utf8');
  }
  return bytes.toString('latin1');
}
