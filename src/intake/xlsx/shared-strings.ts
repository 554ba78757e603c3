import type { ReadLimits } from '../limits.js';
import { fileProblems } from '../problems.js';
import type { InspectedZip } from './open-zip.js';
import { readWholeXml } from './read-xml.js';

/**
 * The table of shared strings. Rich text is joined; phonetic readings (`rPh`) are not part of it.
 */
export async function readSharedStrings(
  zip: InspectedZip,
  part: string | null,
  limits: ReadLimits,
): Promise<string[]> {
  const strings: string[] = [];
  if (part === null || !zip.has(part)) return strings;
  const text = stringCollector();
  let chars = 0;
  await readWholeXml(await zip.open(part), {
    open(name) {
      if (name === 'si') text.start();
      text.open(name);
    },
    text: text.text,
    close(name) {
      text.close(name);
      if (name !== 'si') return;
      const string = text.take();
      chars += string.length + 16;
      if (chars > limits.sharedChars) throw fileProblems.tooMuchMemory();
      strings.push(string);
    },
  });
  return strings;
}

/** Joins the `<t>` inside a string item, skipping those of a phonetic reading. */
export function stringCollector() {
  let value = '';
  let isText = false;
  let isPhonetic = false;
  return {
    start(): void {
      value = '';
    },
    open(name: string): void {
      if (name === 't') isText = true;
      else if (name === 'rPh') isPhonetic = true;
    },
    close(name: string): void {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
    },
    text(piece: string): void {
      if (isText && !isPhonetic) value += piece;
    },
    take: (): string => unescapeExcel(value),
  };
}

/**
 * Excel writes a control character as `_x000D_` (ECMA-376 Part 1 §22.4.2.4). Halves of characters
 * (D800–DFFF) are left as they are: alone they are no text.
 */
const unescapeExcel = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x(?!D[89A-F])([0-9A-F]{4})_/gi, (_, hex: string) =>
        String.fromCharCode(parseInt(hex, 16)),
      )
    : text;
