/** How a font's codes read as text (ISO 32000-1 §9.10.3): code → text, and how many bytes a code has. */
export interface ToUnicode {
  bytes: 1 | 2;
  texts: ReadonlyMap<number, string>;
}

/** Of one font; a font has no more codes than this. */
const MOST_CODES = 65_536;
const HEX = '<\\s*([0-9a-fA-F\\s]+)>';
const BLOCK = /begin(bfchar|bfrange)([^]*?)end\1/g;

/** Reads the table that a writer puts beside an embedded font, so that its text can be copied. */
export function readToUnicode(table: string): ToUnicode {
  const texts = new Map<number, string>();
  let bytes: 1 | 2 = 2;
  for (const [, kind, body = ''] of table.matchAll(BLOCK)) {
    if (kind === 'bfchar') {
      for (const [, code = '', text = ''] of body.matchAll(new RegExp(`${HEX}\\s*${HEX}`, 'g'))) {
        if (code.replace(/\s/g, '').length <= 2) bytes = 1;
        put(texts, parseInt(code, 16), utf16(text));
      }
    } else readRanges(texts, body, (length) => (bytes = length));
  }
  return { bytes, texts };
}

const RANGE = new RegExp(`${HEX}\\s*${HEX}\\s*(?:${HEX}|\\[([^\\]]*)\\])`, 'g');

function readRanges(
  texts: Map<number, string>,
  body: string,
  setLength: (bytes: 1 | 2) => void,
): void {
  for (const [, from = '', to = '', first, list] of body.matchAll(RANGE)) {
    if (from.replace(/\s/g, '').length <= 2) setLength(1);
    const [start, end] = [parseInt(from, 16), parseInt(to, 16)];
    const given = list === undefined ? null : [...list.matchAll(new RegExp(HEX, 'g'))];
    for (let code = start; code <= end && texts.size < MOST_CODES; code++) {
      const text = given
        ? utf16(given[code - start]?.[1] ?? '')
        : next(utf16(first ?? ''), code - start);
      put(texts, code, text);
    }
  }
}

function put(texts: Map<number, string>, code: number, text: string): void {
  if (texts.size < MOST_CODES && text !== '') texts.set(code, text);
}

/** The text `by` places after this one: the last unit counts on. */
function next(text: string, by: number): string {
  const last = text.length - 1;
  return text.slice(0, last) + String.fromCharCode(text.charCodeAt(last) + by);
}

function utf16(hex: string): string {
  const digits = hex.replace(/\s/g, '');
  const units = (digits.length <= 2 ? digits.padStart(4, '0') : digits).match(/.{4}/g) ?? [];
  return String.fromCharCode(...units.slice(0, 16).map((unit) => parseInt(unit, 16)));
}

/** The text of a shown string in this font; without a table as Latin-1. */
export function decodeShown(bytes: Buffer, font: ToUnicode | undefined): string {
  if (!font) return bytes.toString('latin1');
  let text = '';
  for (let at = 0; at + font.bytes <= bytes.length; at += font.bytes) {
    text += font.texts.get(bytes.readUIntBE(at, font.bytes)) ?? '\ufffd';
  }
  return text;
}
