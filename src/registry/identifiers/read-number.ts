import { Problem, tidyText } from '../../kernel/index.js';

/** `cccd`: 12 digits (căn cước, số định danh cá nhân); `cmnd`: the earlier 9 digits. */
export type IdentifierKind = 'cccd' | 'cmnd';

export interface PersonalNumber {
  kind: IdentifierKind;
  digits: string;
}

export const IDENTIFIER_LABEL: Record<IdentifierKind, string> = {
  cccd: 'số căn cước',
  cmnd: 'số chứng minh nhân dân',
};

const KIND_OF_LENGTH: Readonly<Record<number, IdentifierKind>> = { 9: 'cmnd', 12: 'cccd' };

/**
 * A personal number as it is typed, with spaces, dots or dashes between the digits.
 * @throws Problem `identifier-refused`, saying what is wrong with it (never repeating the number)
 */
export function readNumber(text: string): PersonalNumber {
  const digits = tidyText(text.normalize('NFKC')).replace(/[\s.\-–]/g, '');
  const strange = /[^0-9]/u.exec(digits);
  const kind = KIND_OF_LENGTH[digits.length];
  if (!strange && kind && !/^(.)\1*$/.test(digits)) return { kind, digits };
  throw refused(whyRefused(digits, strange !== null));
}

function whyRefused(digits: string, isStrange: boolean): string {
  if (digits === '') return 'Chưa nhập chữ số nào.';
  if (isStrange) return 'Trong số có ký tự không phải chữ số.';
  if (KIND_OF_LENGTH[digits.length]) return 'Số gồm một chữ số lặp lại.';
  const zero =
    KIND_OF_LENGTH[digits.length + 1] === undefined
      ? ''
      : ' Có thể bảng tính đã làm mất chữ số 0 ở đầu.';
  return `Số có ${digits.length} chữ số.${zero}`;
}

const refused = (why: string): Problem =>
  new Problem('refused', {
    code: 'identifier-refused',
    what: 'Số định danh cá nhân không hợp lệ.',
    why,
    todo: 'Nhập đủ 12 chữ số của căn cước (hoặc 9 chữ số của chứng minh nhân dân cũ).',
  });

/** What is known of the person the number is written for. */
export interface KnownPerson {
  sex: 'male' | 'female' | null;
  birthYear: number | null;
}

/**
 * How a 12-digit number disagrees with the person: its fourth digit says century of birth and sex, the
 * fifth and sixth the year. A sentence, or `null` when nothing speaks against it. (Structure from
 * NĐ 137/2015/NĐ-CP điều 13, chưa đối chiếu văn bản gốc: therefore a question, never a refusal.)
 */
export function disagreement({ kind, digits }: PersonalNumber, person: KnownPerson): string | null {
  if (kind !== 'cccd') return null;
  const code = Number(digits.charAt(3));
  const year = 1900 + 100 * Math.floor(code / 2) + Number(digits.slice(4, 6));
  const sex = code % 2 === 0 ? 'male' : 'female';
  const parts: string[] = [];
  if (person.sex !== null && person.sex !== sex) {
    parts.push(`số này là của ${sex === 'male' ? 'nam' : 'nữ'}`);
  }
  if (person.birthYear !== null && person.birthYear !== year) {
    parts.push(`năm sinh theo số này là ${year}, trong sổ là ${person.birthYear}`);
  }
  return parts.length === 0 ? null : `Theo cấu trúc của số căn cước: ${parts.join('; ')}.`;
}

/** "•••••••••123": enough to recognise a number on paper, too little to use it. */
export const maskedNumber = (digits: string): string =>
  '•'.repeat(Math.max(digits.length - 3, 0)) + digits.slice(-3);

/** "020 099 123 456", in groups of three. */
export const spacedNumber = (digits: string): string =>
  (digits.match(/.{1,3}/g) ?? []).join('\u00a0');
