/**
 * Vietnamese text: one spelling for comparing, one key for sorting, one form without diacritics for
 * searching. Nothing here changes what a person typed; keys stand beside the original.
 */

const TONES = '\u0300\u0301\u0303\u0309\u0323'; // huyền, sắc, ngã, hỏi, nặng
const TONE = new RegExp(`[${TONES}]`, 'u');

// Zero-width spaces and joiners, soft hyphens: seen by no one, kept by every copy. Direction marks and
// overrides make a name read otherwise than it is stored; control characters drive terminals.
const INVISIBLE = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/g;

/** What most texts have nothing of: one look tells that there is nothing to take out. */
const UNTIDY = new RegExp(`${INVISIBLE.source}|${CONTROL.source}|[^\\S ]|\\u0085|  `);

/** NFC, non-breaking and repeated spaces folded, trimmed; what cannot be seen is removed. */
export function tidyText(text: string): string {
  if (!UNTIDY.test(text)) return text.normalize('NFC').trim();
  const seen = text.replace(INVISIBLE, '').replace(CONTROL, '');
  return seen
    .normalize('NFC')
    .replace(/[\s\u0085]+/gu, ' ')
    .trim();
}

/** At most so many letters of a text; never half of one, which JSON in the database would refuse. */
export function cutText(text: string, length: number): string {
  const half = text.charCodeAt(length - 1);
  return text.slice(0, half >= 0xd800 && half <= 0xdbff ? length - 1 : length);
}

/**
 * What all keys begin with: tidy, lower case, and the Icelandic and African look-alikes of đ (Ð, ð,
 * Ɖ, ɖ), which old fonts typed, folded to it.
 */
function foldedText(text: string): string {
  return tidyText(text.toLowerCase()).replace(/[ðɖ]/g, 'đ');
}

/** "Đồng Đăng" → "dong dang". */
export function withoutDiacritics(text: string): string {
  return foldedText(text)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/đ/g, 'd');
}

/**
 * Moves the tone mark of "oa, oe, uy" to the place of the old spelling ("hoà" → "hòa"), so that both
 * spellings compare equal. Only an open syllable is ambiguous: "hoàn" has one spelling.
 */
function foldTonePlacement(syllable: string): string {
  if (!OPEN_SYLLABLE.test(syllable)) return syllable;
  const nfd = syllable.normalize('NFD');
  const tone = TONE.exec(nfd)?.[0];
  if (!tone) return syllable;
  const bare = nfd.replace(tone, '');
  const match = /^(.*?)(o[ae]|uy)$/u.exec(bare);
  if (!match) return syllable;
  const [, onset = '', vowels = ''] = match;
  const [first = '', second = ''] = vowels;
  // In "quý" the u belongs to the consonant: the tone stays on y in both spellings.
  const placed = onset.endsWith('q') ? `${first}${second}${tone}` : `${first}${tone}${second}`;
  return (onset + placed).normalize('NFC');
}

/** "oa, oe, uy" with any tone on either letter: what else is written has one spelling. */
const TWO_SPELLINGS = '(?:[oòóỏõọ][aàáảãạeèéẻẽẹ]|[uùúủũụ][yỳýỷỹỵ])';
const OPEN_SYLLABLE = new RegExp(`${TWO_SPELLINGS}$`, 'u');
/** The same anywhere in a text: a letter behind it ("hoàng") leaves one spelling. */
const AMBIGUOUS = new RegExp(`${TWO_SPELLINGS}(?![\\p{L}\\p{M}])`, 'u');

/** Equal for two spellings of one name: NFC, case, spaces and tone placement folded. */
export function nameKey(text: string): string {
  const folded = foldedText(text);
  if (!AMBIGUOUS.test(folded)) return folded;
  return folded.replace(/[\p{L}\p{M}]+/gu, foldTonePlacement);
}

const ALPHABET = 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz';
const TONE_ORDER = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323']; // ngang huyền hỏi ngã sắc nặng

/**
 * A key whose plain byte order is Vietnamese dictionary order: letters first (a ă â … d đ …), then
 * tones (ngang, huyền, hỏi, ngã, sắc, nặng). Stored beside names, since databases differ in collation.
 */
export function sortKey(text: string): string {
  let letters = '';
  let tones = '';
  for (const char of nameKey(text)) {
    const nfd = char.normalize('NFD');
    const tone = TONE.exec(nfd)?.[0] ?? '';
    const base = nfd.replace(TONE, '').normalize('NFC');
    const index = ALPHABET.indexOf(base);
    letters += index >= 0 ? String.fromCharCode(0x41 + index) : base === ' ' ? '!' : base;
    tones += String(TONE_ORDER.indexOf(tone));
  }
  // The separator is lower than every letter, so that "An" stands before "Anh".
  return `${letters} ${tones}`;
}

/** Compares for display order. */
export function compareVietnamese(a: string, b: string): number {
  const left = sortKey(a);
  const right = sortKey(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** People are ordered by given name (last word), then family name, then the middle. */
export function personSortKey(fullName: string): string {
  const words = tidyText(fullName).split(' ');
  const given = words.at(-1) ?? '';
  return `${sortKey(given)}~${sortKey(words.slice(0, -1).join(' '))}`;
}
