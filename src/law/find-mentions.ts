import type { DocumentNumber, NumberForm } from './document-number.js';
import { NUMBER_FORMS, numberKey, numberOf } from './document-number.js';
import type { DocumentType } from './symbols.js';
import { TYPE_NAMES, typeOfWord } from './symbols.js';
import type { WrittenDate } from './written-date.js';
import { readWrittenDate } from './written-date.js';

/** One place of a text that names a document; `start`, `end` count in the plain text. */
export interface Mention {
  start: number;
  end: number;
  number: DocumentNumber;
  /** "NĐ 07/2021": type, serial and year, without the issuer's symbol. */
  isShort: boolean;
  /** The type by the word in front ("Luật số …"), which decides where the number does not say. */
  wordType: DocumentType | null;
  date: WrittenDate | null;
}

// A number begins after anything but a letter, a digit or a sign that joins it to one; "số07" is a
// slip seen in real texts.
const BEGIN = '(?:(?<=[sS]ố)|(?<![\\p{L}\\p{N}/-]|\\d[.,:]))';

const FORMS = (Object.keys(NUMBER_FORMS) as NumberForm[]).map(
  (form) => [form, new RegExp(BEGIN + NUMBER_FORMS[form], 'gu')] as const,
);

const WORDS = TYPE_NAMES.map((name) => name.word).join('|');
const SHORT = new RegExp(
  `(?<![\\p{L}\\p{N}])((?:${WORDS})|(?:NĐ|ND|QĐ|QD|NQ|TTLT|TT))` +
    '(?: {1,3}(?:số|so):?)? {0,3}(\\d{1,4})/((?:19|20)\\d\\d)(?![\\d\\p{L}]|[/-])',
  'gu',
);
const WORD_BEFORE = new RegExp(`(?<![\\p{L}])(${WORDS})(?: {1,3}số)? {0,3}:? {0,3}$`, 'iu');

/** Everything in the text that names a document by number, in order; nothing overlaps. */
export function findMentions(text: string, exotic: readonly string[] = []): Mention[] {
  const found = [...numbered(text), ...shortForms(text), ...literal(text, exotic)];
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Mention[] = [];
  for (const mention of found) {
    if (mention.start >= (kept.at(-1)?.end ?? 0)) kept.push(mention);
  }
  return kept;
}

function numbered(text: string): Mention[] {
  return FORMS.flatMap(([form, pattern]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const number = numberOf(form, match);
      return number ? [mention(text, match.index, match[0].length, number, false)] : [];
    }),
  );
}

function shortForms(text: string): Mention[] {
  return [...text.matchAll(SHORT)].flatMap((match) => {
    const [all, word = '', serial = '', year = ''] = match;
    const type = typeOfWord(word);
    if (!type) return [];
    const number = {
      text: `${serial}/${year}`,
      key: numberKey(`${serial}/${year}`),
      type,
      issuer: null,
      isRecurring: false,
    };
    return [mention(text, match.index, all.length, number, true)];
  });
}

/** Numbers of the register whose form is unlike any other (121-TCTK/PPCĐ). */
function literal(text: string, numbers: readonly string[]): Mention[] {
  return numbers.flatMap((exact) => {
    const pattern = new RegExp(`${BEGIN}${exact.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'gu');
    const number = {
      text: exact,
      key: numberKey(exact),
      type: null,
      issuer: null,
      isRecurring: false,
    };
    return [...text.matchAll(pattern)].map((match) =>
      mention(text, match.index, match[0].length, number, false),
    );
  });
}

function mention(
  text: string,
  start: number,
  length: number,
  number: DocumentNumber,
  isShort: boolean,
): Mention {
  const end = start + length;
  const word = WORD_BEFORE.exec(text.slice(Math.max(0, start - 40), start))?.[1];
  return {
    start,
    end,
    number,
    isShort,
    wordType: word === undefined ? null : typeOfWord(word),
    date: readWrittenDate(text.slice(end, end + 120)),
  };
}
