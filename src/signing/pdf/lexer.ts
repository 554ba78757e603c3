import type { PdfValue } from './value.js';
import { PdfDictionary, PdfName, PdfReference, PdfString } from './value.js';

/** Nothing that people make is nested deeper; a file that is was made to break readers. */
const MOST_NESTED = 64;

/** The bytes at this place are no PDF value. */
export class PdfSyntaxError extends Error {}

const WHITE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set(Buffer.from('()<>[]{}/%'));
const isRegular = (byte: number | undefined): boolean =>
  byte !== undefined && !WHITE.has(byte) && !DELIMITERS.has(byte);

const isHexDigit = (byte: number | undefined): boolean =>
  byte !== undefined && /[0-9a-f]/i.test(String.fromCharCode(byte));

export const isWhite = (byte: number | undefined): boolean => byte !== undefined && WHITE.has(byte);

/** Reads one value after another from bytes; never beyond them, never by recursion without end. */
export class Lexer {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** @throws PdfSyntaxError */
  value(depth = 0): PdfValue {
    if (depth > MOST_NESTED) throw new PdfSyntaxError('nested too deeply');
    this.skipWhite();
    const { bytes, at } = this;
    switch (String.fromCharCode(bytes[at] ?? 0)) {
      case '/':
        return this.#name();
      case '(':
        return this.#literal();
      case '[':
        return this.#array(depth);
      case '<':
        return bytes[at + 1] === 0x3c ? this.#dictionary(depth) : this.#hex();
      default:
        return this.#word();
    }
  }

  /** Is this keyword next? Then it is passed. */
  takes(keyword: string): boolean {
    this.skipWhite();
    const end = this.at + keyword.length;
    if (this.bytes.toString('latin1', this.at, end) !== keyword) return false;
    if (isRegular(this.bytes[end])) return false;
    this.at = end;
    return true;
  }

  skipWhite(): void {
    const { bytes } = this;
    for (;;) {
      while (isWhite(bytes[this.at])) this.at++;
      if (bytes[this.at] !== 0x25) return;
      while (this.at < bytes.length && bytes[this.at] !== 10 && bytes[this.at] !== 13) this.at++;
    }
  }

  /** A name; `#4a` in it stands for a byte, so that a forbidden word cannot hide. */
  #name(): PdfName {
    const start = ++this.at;
    while (isRegular(this.bytes[this.at])) this.at++;
    const raw = this.bytes.toString('latin1', start, this.at);
    const name = raw.replace(/#([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
    return new PdfName(name);
  }

  #array(depth: number): PdfValue[] {
    this.at++;
    const items: PdfValue[] = [];
    for (;;) {
      this.skipWhite();
      if (this.bytes[this.at] === 0x5d) break;
      items.push(this.value(depth + 1));
    }
    this.at++;
    return items;
  }

  #dictionary(depth: number): PdfDictionary {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipWhite();
      if (this.bytes[this.at] === 0x3e && this.bytes[this.at + 1] === 0x3e) break;
      if (this.bytes[this.at] !== 0x2f) throw new PdfSyntaxError('a key is no name');
      const key = this.#name().name;
      entries.set(key, this.value(depth + 1));
    }
    this.at += 2;
    return new PdfDictionary(entries);
  }

  #hex(): PdfString {
    const start = this.at++;
    while (isHexDigit(this.bytes[this.at]) || isWhite(this.bytes[this.at])) this.at++;
    if (this.bytes[this.at] !== 0x3e) throw new PdfSyntaxError('not a hexadecimal string');
    const text = this.bytes.toString('latin1', start + 1, this.at++).replace(/[\0\s]/g, '');
    const digits = text.length % 2 === 0 ? text : `${text}0`;
    return new PdfString(Buffer.from(digits, 'hex'), start, this.at, true);
  }

  #literal(): PdfString {
    const start = this.at;
    const end = this.#endOfLiteral();
    const raw = this.bytes.subarray(start + 1, end - 1);
    const bytes = raw.includes(0x5c) ? unescaped(raw) : raw;
    this.at = end;
    return new PdfString(bytes, start, end, false);
  }

  /** Brackets inside a string are paired, or follow a backslash. */
  #endOfLiteral(): number {
    const { bytes } = this;
    let open = 0;
    for (; this.at < bytes.length; this.at++) {
      const byte = bytes[this.at];
      if (byte === 0x5c) this.at++;
      else if (byte === 0x28) open++;
      else if (byte === 0x29 && --open === 0) return this.at + 1;
    }
    throw new PdfSyntaxError('a string does not end');
  }

  /** A number, a reference (`12 0 R`), or one of three words. */
  #word(): PdfValue {
    const word = this.#regular();
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return this.#numberOrReference(word);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    throw new PdfSyntaxError(`not a value: "${word.slice(0, 20)}"`);
  }

  #numberOrReference(word: string): number | PdfReference {
    const back = this.at;
    if (/^\d{1,9}$/.test(word)) {
      this.skipWhite();
      if (/^\d{1,5}$/.test(this.#regular())) {
        this.skipWhite();
        if (this.#regular() === 'R') return new PdfReference(Number(word));
      }
    }
    this.at = back;
    return Number(word);
  }

  #regular(): string {
    const start = this.at;
    while (isRegular(this.bytes[this.at])) this.at++;
    return this.bytes.toString('latin1', start, this.at);
  }
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** Backslashes taken out (§7.3.4.2): control signs, octal numbers, broken lines. */
function unescaped(raw: Buffer): Buffer {
  const text = raw
    .toString('latin1')
    .replace(/\\(?:([0-7]{1,3})|(\r\n|[^]))/g, (_, octal: string | undefined, sign = '') => {
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 0xff);
      if (/[\r\n]/.test(String(sign))) return '';
      const control = ESCAPES[String(sign)];
      return control === undefined ? String(sign) : String.fromCharCode(control);
    });
  return Buffer.from(text, 'latin1');
}
