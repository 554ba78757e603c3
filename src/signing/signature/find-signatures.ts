import type { PdfValue } from '../pdf/value.js';
import { PdfDictionary, PdfReference, PdfString, textOf } from '../pdf/value.js';

/** A signature as it stands in the file. */
export interface SignatureInFile {
  subFilter: string | null;
  /** The two stretches that are signed: offset, length, offset, length. */
  ranges: readonly [number, number, number, number];
  /** Where the signature itself is written, brackets included. */
  contents: PdfString;
  /** The signer's date as text, `D:20251212093000+07'00'`. */
  date: string | null;
}

/** Signatures in the order in which they end in the file. */
export function signaturesIn(values: readonly PdfValue[]): SignatureInFile[] {
  const found = values.flatMap((value) => [...dictionariesIn(value)]).flatMap(asSignature);
  const unique = new Map(found.map((one) => [one.contents.start, one]));
  return [...unique.values()].sort((a, b) => endOf(a) - endOf(b));
}

export const endOf = ({ ranges }: SignatureInFile): number => ranges[2] + ranges[3];

function* dictionariesIn(value: PdfValue): Generator<PdfDictionary> {
  if (Array.isArray(value)) {
    for (const item of value as readonly PdfValue[]) yield* dictionariesIn(item);
  }
  if (!(value instanceof PdfDictionary)) return;
  yield value;
  for (const inner of value.entries.values()) {
    if (!(inner instanceof PdfReference)) yield* dictionariesIn(inner);
  }
}

function asSignature(dictionary: PdfDictionary): SignatureInFile[] {
  const [range, contents] = [dictionary.get('ByteRange'), dictionary.get('Contents')];
  if (!Array.isArray(range) || !(contents instanceof PdfString) || !contents.isHex) return [];
  const numbers = (range as readonly PdfValue[]).filter((one) => typeof one === 'number');
  const [a, b, c, d] = numbers;
  const isWhole = numbers.length === 4 && range.length === 4 && numbers.every(Number.isSafeInteger);
  const date = dictionary.get('M');
  return [
    {
      subFilter: dictionary.nameOf('SubFilter'),
      // A range that is none covers nothing, which the check then says.
      ranges: isWhole ? [a!, b!, c!, d!] : [0, 0, 0, 0],
      contents,
      date: date instanceof PdfString ? textOf(date) : null,
    },
  ];
}

/** Do the two stretches leave out the signature itself and nothing else? */
export function coversAllButItself(
  { ranges, contents }: SignatureInFile,
  fileBytes: number,
): boolean {
  const [from, length, next, rest] = ranges;
  const withBrackets = length === contents.start && next === contents.end;
  const withinBrackets = length === contents.start + 1 && next === contents.end - 1;
  return from === 0 && (withBrackets || withinBrackets) && rest >= 0 && next + rest <= fileBytes;
}

/** A PDF date (§7.9.4) as ISO time; one without a zone is Vietnam's. */
export function isoOfPdfDate(text: string | null): string | null {
  const match = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?/.exec(
    text ?? '',
  );
  if (!match) return null;
  const [, year, month, day, hour, minute, second = '00', sign, hours = '00', minutes = '00'] =
    match;
  const zone = sign ? `${sign}${hours}:${minutes}` : match[0].endsWith('Z') ? 'Z' : '+07:00';
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
