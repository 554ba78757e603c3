import { nameKey, tidyText, withoutDiacritics } from '../kernel/index.js';

/** A unit's name as somebody wrote it, taken apart; every text is tidy and lower case. */
export interface ParsedName {
  /** Readings of the first part, the likeliest first: "x. hòa bình" → {kind: "Xã", name}. */
  readings: readonly { kind: string | null; name: string }[];
  /** A code written with the name: "06004 Quốc Khánh". */
  code: string | null;
  /** What stands behind it, nearest first: the district, then the province. */
  within: readonly ParsedName[];
}

/** Written forms of the kinds, without diacritics; a short form needs its dot or a space. */
const KIND_WORDS: readonly (readonly [string, RegExp])[] = [
  ['Thị trấn', /^(?:thi tran|tt)(?![a-z])[.\s]*/],
  ['Thành phố', /^(?:thanh pho|tp)(?![a-z])[.\s]*/],
  ['Thị xã', /^(?:thi xa|tx)(?![a-z])[.\s]*/],
  ['Đặc khu', /^dac khu(?![a-z])\s*/],
  ['Phường', /^(?:phuong|p)(?![a-z])[.\s]*/],
  ['Huyện', /^(?:huyen|h)(?![a-z])[.\s]*/],
  ['Quận', /^(?:quan|q)(?![a-z])[.\s]*/],
  ['Tỉnh', /^(?:tinh|t)(?![a-z])[.\s]*/],
  ['Xã', /^(?:xa|x)(?![a-z])[.\s]*/],
];

const APOSTROPHES = /['’‘ʼʹ`´"“”]/gu;
// Where the name of a higher unit begins although no comma says so.
const HIGHER = /\s+(?=(?:huyện|huyen|thành phố|thanh pho|tp|tỉnh|tinh|quận)\s|(?:h|tp|t|q)\.)/iu;

/**
 * The spelling in which names are compared: NFC, lower case, one tone placement, no apostrophes,
 * hyphens and underscores as spaces, no trailing dots.
 */
export function spellingKey(text: string): string {
  const plain = tidyText(text)
    .replace(APOSTROPHES, '')
    .replace(/[-–—_]+/g, ' ');
  return nameKey(plain.replace(/[.\s]+$/u, ''));
}

/** "xa hoa binh huyen van quan" → two parts; in "xa tinh bac" the word belongs to the name. */
function splitHigher(part: string): string[] {
  const [first = '', ...rest] = part.split(HIGHER);
  const isKindAlone = KIND_WORDS.some(
    ([, kind]) => kind.exec(withoutDiacritics(first))?.[0].length === first.length,
  );
  return isKindAlone && rest.length > 0
    ? [`${first} ${rest[0]}`, ...rest.slice(1)]
    : [first, ...rest];
}

/** "Hòa Bình (Văn Lãng)", "X.Hòa Bình, H. Văn Lãng" → the parts from the smallest unit up; "(2)", "2025" drop out. */
function splitParts(text: string): string[] {
  return tidyText(text)
    .replace(/[()[\]]/g, ',')
    .split(/\s*[,;/|]\s*|\s+[-–—]\s+/u)
    .flatMap(splitHigher)
    .map((part) => part.trim().replace(/\s20\d\d$/, ''))
    .filter((part, i) => i === 0 || /\p{L}/u.test(part));
}

function parsePart(part: string): Pick<ParsedName, 'readings' | 'code'> {
  const code = /(?<!\d)(\d{5})(?!\d)/.exec(part)?.[1] ?? null;
  const text = spellingKey(
    part.replace(/(?<!\d)\d{5}(?!\d)/, ' ').replace(/^\s*\d{1,3}[.)\s]+/, ''),
  );
  // One letter of `plain` stands for one of `text`: a prefix found in one is cut from the other.
  const plain = withoutDiacritics(text);
  const readings: { kind: string | null; name: string }[] = [];
  for (const [kind, pattern] of KIND_WORDS) {
    const length = pattern.exec(plain)?.[0].length ?? 0;
    if (length > 0 && length < text.length) {
      readings.push({ kind, name: text.slice(length).trim() });
      break;
    }
  }
  if (text !== '') readings.push({ kind: null, name: text });
  return { readings, code };
}

/** Never fails: a text without a name has no readings. */
export function parseUnitName(text: string): ParsedName {
  const [first, ...rest] = splitParts(text).map(parsePart);
  const within = rest.map((part) => ({ ...part, within: [] }));
  return { readings: first?.readings ?? [], code: first?.code ?? null, within };
}
