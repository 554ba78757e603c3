import type { DocumentType } from './symbols.js';
import { isKnownIssuer, issuerOfSymbol, issuerSymbol, typeOfSymbol } from './symbols.js';

/** A document's number taken apart. */
export interface DocumentNumber {
  /** Official spelling: 07/2021/NĐ-CP. Digits stand as written. */
  text: string;
  /** Equal for two spellings of one number: "7/2021/ND-CP" and "07/2021/NĐ-CP". */
  key: string;
  /** `null` where the number does not say: 120/2020/QH14 is a law or a resolution. */
  type: DocumentType | null;
  issuer: string | null;
  /** A number without year or term of the Assembly is given anew every year. */
  isRecurring: boolean;
}

const LETTER = 'A-Za-zĐđƯưƠơÔôÊêÂâĂă';
const GAP = ' {0,3}';
const ORGAN = `[${LETTER}][${LETTER}&]*\\d{0,2}`;
const SYMBOL = `([${LETTER}]{1,4})${GAP}-${GAP}(${ORGAN}(?:-${ORGAN})*)`;
const END = `(?![${LETTER}\\d&])`;

/** Forms of numbers, for text in which dashes, spaces and Đ are already plain (see `plainText`). */
export const NUMBER_FORMS = {
  /** 07/2021/NĐ-CP, 13/2025/TT-BNNMT */
  normative: `(\\d{1,5})${GAP}/${GAP}(\\d{4})${GAP}/${GAP}${SYMBOL}${END}`,
  /** 120/2020/QH14, 973/2020/UBTVQH14 */
  assembly: `(\\d{1,5})${GAP}/${GAP}(\\d{4})${GAP}/${GAP}((?:UBTV)?QH${GAP}\\d{1,2})${END}`,
  /** 83/QĐ-UBND, 1672/NQ-UBTVQH15, 1315/VBHN-BLĐTBXH */
  administrative: `(\\d{1,6}[a-z]?)${GAP}/${GAP}${SYMBOL}${END}`,
  /** 58-NQ/TU, 24-NQ/TW */
  party: `(\\d{1,5})${GAP}-${GAP}([${LETTER}]{2,4})${GAP}/${GAP}(TW|TƯ|TU|HU|ThU|ĐU|[A-ZĐ]{2,6}TW)${END}`,
  /** 5466/UBND-KGVX: an official letter, whose type is not written */
  letter: `(\\d{1,6})${GAP}/${GAP}(${ORGAN})-(${ORGAN}(?:-${ORGAN})*)${END}`,
} as const;

export type NumberForm = keyof typeof NUMBER_FORMS;

const squeeze = (text: string): string => text.replace(/ /g, '');

/** Builds the number from a match of its form; `null` if the symbols are not those of a document. */
export function numberOf(form: NumberForm, match: readonly string[]): DocumentNumber | null {
  const [, serial = '', second = '', third = '', fourth = ''] = match;
  switch (form) {
    case 'normative':
      return withSymbol(`${serial}/${second}`, third, fourth, false);
    case 'assembly':
      return assemblyNumber(serial, second, squeeze(third).toUpperCase());
    case 'administrative':
      return withSymbol(serial, second, third, true);
    case 'party':
      return partyNumber(serial, second, third);
    case 'letter':
      return letterNumber(serial, second, third);
  }
}

function withSymbol(
  serial: string,
  typed: string,
  organs: string,
  isYearless: boolean,
): DocumentNumber | null {
  const type = typeOfSymbol(typed);
  const parts = organs.split('-');
  const [first = ''] = parts;
  // Lower case is accepted for bodies that are known ("qđ-ttg"), not for any two words.
  if (!type || (!/^[A-ZĐƯƠÔÊÂĂ]{2}/u.test(first) && !isKnownIssuer(first))) return null;
  const symbols = parts.map(issuerSymbol);
  const issuer = issuerOfSymbol(symbols[0]!);
  const isRecurring = isYearless && !/^(?:UBTV)?QH\d/.test(first);
  return finish(`${serial}/${type.symbol}-${symbols.join('-')}`, type.type, issuer, isRecurring);
}

function assemblyNumber(serial: string, year: string, organ: string): DocumentNumber {
  return finish(`${serial}/${year}/${organ}`, null, issuerOfSymbol(organ), false);
}

function partyNumber(serial: string, typed: string, organ: string): DocumentNumber | null {
  const type = typeOfSymbol(typed);
  if (!type) return null;
  const symbol = organ.replace(/^TƯ$/u, 'TW');
  return finish(`${serial}-${type.symbol}/${symbol}`, type.type, issuerOfSymbol(symbol), true);
}

function letterNumber(serial: string, body: string, unit: string): DocumentNumber | null {
  if (typeOfSymbol(body) || !isKnownIssuer(body)) return null;
  const symbol = issuerSymbol(body);
  return finish(`${serial}/${symbol}-${unit}`, 'letter', issuerOfSymbol(symbol), true);
}

function finish(
  text: string,
  type: DocumentType | null,
  issuer: string | null,
  isRecurring: boolean,
): DocumentNumber {
  return { text, key: numberKey(text), type, issuer, isRecurring };
}

/** Leading zeros and letter case do not tell documents apart. */
export const numberKey = (text: string): string => text.replace(/^0+(?=\d)/, '').toUpperCase();

const WHOLE = (Object.keys(NUMBER_FORMS) as NumberForm[]).map(
  (form) => [form, new RegExp(`^${NUMBER_FORMS[form]}$`, 'u')] as const,
);

/** Reads a text that is nothing but a number; `null` if it has no known form. */
export function parseNumber(text: string): DocumentNumber | null {
  for (const [form, pattern] of WHOLE) {
    const match = pattern.exec(text);
    const number = match && numberOf(form, match);
    if (number) return number;
  }
  return null;
}
