/** A text made easy to search, with the way back to the original. */
export interface PlainText {
  text: string;
  /** For each UTF-16 unit of `text` where it begins in the original; one more for the end. */
  starts: readonly number[];
  /** … and where it ends. */
  ends: readonly number[];
}

const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;
const INVISIBLE = /[\u00AD\u200B-\u200D\u2060\uFEFF]/gu;

/** One spelling for each sign that people and programs write in several. */
function plain(cluster: string): string {
  return cluster
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(/[\s\u00A0]/u, ' ')
    .replace(/[\u2010-\u2015\u2212\uFE63\uFF0D]/u, '-')
    .replace(/[\u2044\u2215\uFF0F]/u, '/')
    .replace(/[\u00D0\u0189]/u, 'Đ')
    .replace(/[\u00F0\u0256]/u, 'đ');
}

/**
 * NFC, plain spaces, hyphens, slashes and Đ, nothing invisible. Spaces are not folded, so that every
 * unit keeps its place in the original.
 */
export function plainText(original: string): PlainText {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const match of original.matchAll(CLUSTER)) {
    const replaced = plain(match[0]);
    text += replaced;
    for (let i = 0; i < replaced.length; i++) {
      starts.push(match.index);
      ends.push(match.index + match[0].length);
    }
  }
  return { text, starts, ends };
}

/** Where `[from, to)` of the plain text lies in the original. */
export function originalSpan(plainTo: PlainText, from: number, to: number): [number, number] {
  return [plainTo.starts[from] ?? 0, plainTo.ends[to - 1] ?? 0];
}
