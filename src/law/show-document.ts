import type { PlainDate } from '../kernel/index.js';
import { Problem, formatDate } from '../kernel/index.js';
import { changesOf, type CitedChange } from './cite-text.js';
import type { LegalDocument, RelationKind } from './document.js';
import type { DocumentRegister } from './document-register.js';
import { numberKey } from './document-number.js';
import { citeText } from './cite-text.js';
import { documentRegister } from './load-register.js';

/** A document as pages and commands show it. */
export interface ShownDocument extends Omit<LegalDocument, 'relations' | 'issued'> {
  date: PlainDate | null;
  inForce: boolean | null;
  relations: { relation: RelationKind; number: string; date: PlainDate | null }[];
  changedBy: CitedChange[];
}

/**
 * The document of a key: its number, with the day behind it where the number alone is not enough
 * ("12/NQ-CP ngày 15/02/2020"). Any spelling that the citation reader knows will do.
 * @throws Problem `document-unknown` or `document-ambiguous` (with candidates)
 */
export function showDocument(
  key: string,
  on?: PlainDate,
  register: DocumentRegister = documentRegister(),
): ShownDocument {
  const document = findDocument(key, register);
  const { relations, issued, ...rest } = document;
  return {
    ...rest,
    date: issued,
    inForce: on === undefined ? null : register.isInForce(document, on),
    relations: relations.map(({ kind, to }) => ({
      relation: kind,
      number: to.number,
      date: to.issued,
    })),
    changedBy: changesOf(document, register, on),
  };
}

function findDocument(key: string, register: DocumentRegister): LegalDocument {
  const [citation] = citeText(key, undefined, register);
  const numbers = citation?.candidates?.map((c) => c.number) ?? [citation?.number ?? key.trim()];
  const same = [...new Set(numbers)].flatMap((number) => register.byNumber(numberKey(number)));
  const date = citation?.date ?? null;
  const fitting = date === null ? same : same.filter((document) => document.issued === date);
  const [only, ...others] = fitting;
  if (only && others.length === 0) return only;
  if (only) {
    throw new Problem('refused', {
      code: 'document-ambiguous',
      what: `Có ${fitting.length} văn bản cùng ứng với "${key.trim()}".`,
      todo: `Viết đủ số, ký hiệu và ngày ban hành: ${fitting.map(label).join('; ')}.`,
      details: { candidates: fitting.map(({ number, issued }) => ({ number, date: issued })) },
    });
  }
  throw new Problem('not-found', {
    code: 'document-unknown',
    what: `Sổ văn bản không có "${key.trim()}".`,
    ...(same.length > 0 && { why: `Cùng số này chỉ có: ${same.map(label).join('; ')}.` }),
    todo: 'Kiểm tra lại số, ký hiệu và ngày ban hành.',
  });
}

const label = ({ number, issued }: LegalDocument): string =>
  issued ? `${number} ngày ${formatDate(issued)}` : `${number} (chưa rõ ngày)`;
