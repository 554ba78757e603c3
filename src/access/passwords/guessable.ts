import { withoutDiacritics } from '../../kernel/index.js';
import { HABIT_WORDS, KEYBOARD_WALKS, LOOK_ALIKES } from './habits.js';

/** What a password is compared with; words are lower case without marks and spaces. */
export interface Known {
  /** The list of breached passwords, and words of it. */
  breached: ReadonlySet<string>;
  /** Provinces, communes, and what is known of this very person: name, account. */
  words: ReadonlySet<string>;
}

/** A part that is tried first counts as two letters, whatever its length. */
const PART_COST = 2;
/** Fewer letters that nobody could foresee are too few. */
const LEAST_EFFORT = 8;
const SHORTEST_WORD = 4;
const LONGEST_WORD = 24;

const SEPARATORS = /[\s\-_.,/:]+/g;

/**
 * Why a password is soon guessed, as a sentence, or `null`. It is read as a chain of parts that are
 * tried first (breached words, names of places, years and dates, walks on the keyboard, repeats) and of
 * letters that nobody foresees; the cheapest reading counts.
 */
export function whyGuessable(password: string, known: Known): string | null {
  const plain = withoutDiacritics(password).replace(SEPARATORS, '');
  const core = plain.replace(/^[^a-z]+|[^a-z]+$/g, '');
  if ([password.toLowerCase(), plain, core, decoded(core)].some((form) => isListed(form, known))) {
    return 'Mật khẩu này nằm trong danh sách mật khẩu đã bị lộ hoặc quá quen thuộc.';
  }
  if (/^\d*$/.test(plain)) return 'Mật khẩu chỉ gồm chữ số, như số điện thoại hay ngày sinh.';
  if (effort(plain, known) >= LEAST_EFFORT) return null;
  return 'Mật khẩu ghép từ những phần dễ đoán: từ quen thuộc, tên địa phương, tên người, năm, dãy phím.';
}

const isListed = (form: string, { breached }: Known): boolean =>
  form.length >= SHORTEST_WORD && (breached.has(form) || HABITS.has(form));

const HABITS = new Set(HABIT_WORDS);

const decoded = (text: string): string =>
  Array.from(text, (letter) => LOOK_ALIKES[letter] ?? letter).join('');

/** The least number of letters to be guessed; never more than the length. */
export function effort(plain: string, known: Known): number {
  const words = decoded(plain);
  const least = new Array<number>(plain.length + 1).fill(Infinity);
  least[0] = 0;
  for (let at = 0; at < plain.length; at++) {
    const here = least[at]!;
    const reach = (end: number, cost: number): void => {
      least[end] = Math.min(least[end]!, here + cost);
    };
    reach(at + 1, 1);
    for (const end of partsFrom(plain, words, at, known)) reach(end, PART_COST);
  }
  return least[plain.length]!;
}

/** Ends of the parts that begin at a position. */
function* partsFrom(plain: string, words: string, at: number, known: Known): Generator<number> {
  const rest = plain.slice(at);
  const patterns = [repeated(rest), walked(rest), dated(rest)];
  for (const length of patterns) if (length > 0) yield at + length;
  const longest = Math.min(LONGEST_WORD, plain.length - at);
  for (let length = SHORTEST_WORD; length <= longest; length++) {
    const end = at + length;
    if (isWord(plain.slice(at, end), known) || isWord(words.slice(at, end), known)) yield end;
  }
}

const isWord = (word: string, { breached, words }: Known): boolean =>
  HABITS.has(word) || words.has(word) || breached.has(word);

/** "aaaa", "abcabc", "121212": the length of a beginning that repeats itself, at least four letters. */
function repeated(text: string): number {
  let longest = 0;
  for (let size = 1; size <= text.length / 2; size++) {
    let end = size;
    while (end < text.length && text[end] === text[end - size]) end += 1;
    if (end >= Math.max(2 * size, 4)) longest = Math.max(longest, end);
  }
  return longest;
}

/** The length of a beginning that walks along the keyboard or the alphabet, either way. */
function walked(text: string): number {
  let longest = 0;
  for (const walk of WALKS) {
    const start = walk.indexOf(text.slice(0, 3));
    if (start < 0 || text.length < 3) continue;
    let length = 3;
    while (length < text.length && text[length] === walk[start + length]) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

const WALKS = KEYBOARD_WALKS.flatMap((walk) => [walk, Array.from(walk).reverse().join('')]);

const DATES: readonly RegExp[] = [
  /^(0?[1-9]|[12]\d|3[01])(0?[1-9]|1[0-2])((19|20)\d\d|\d\d)/,
  /^(19|20)\d\d((0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))?/,
  // Telephone numbers.
  /^0[235789]\d{8}/,
];

function dated(text: string): number {
  return Math.max(...DATES.map((form) => form.exec(text)?.[0].length ?? 0));
}
