import { withoutDiacritics } from '../../kernel/index.js';

/** Case, diacritics, spaces and punctuation folded: "Hộ cận nghèo." → "hocanngheo". */
export function wordKey(text: string): string {
  return withoutDiacritics(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * A reader of words: "Nữ", "nu", "NỮ " → `female`. `null` = a word that was not declared.
 * @throws TypeError when one word stands for two values: a mistake in the pack
 */
export function wordReader(
  words: Readonly<Record<string, readonly string[]>>,
): (text: string) => string | null {
  const known = new Map<string, string>();
  for (const [value, spellings] of Object.entries(words)) {
    for (const spelling of [value, ...spellings]) {
      const key = wordKey(spelling);
      const other = known.get(key);
      if (other !== undefined && other !== value) {
        throw new TypeError(`"${spelling}" means both ${other} and ${value}`);
      }
      known.set(key, value);
    }
  }
  return (text) => known.get(wordKey(text)) ?? null;
}
