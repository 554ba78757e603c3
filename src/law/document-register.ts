import type { PlainDate } from '../kernel/index.js';
import type { Change, LegalDocument, Relation } from './document.js';
import { numberKey, parseNumber } from './document-number.js';
import type { DocumentRow } from './register-schema.js';
import type { DocumentType } from './symbols.js';

export interface DocumentRegister {
  documents: readonly LegalDocument[];
  /** Documents that bear this number (its `key`), in any year. */
  byNumber(key: string): readonly LegalDocument[];
  /** Documents of a type numbered `serial/year/…`: what "NĐ 07/2021" may mean. */
  byShortForm(type: DocumentType, serial: string, year: string): readonly LegalDocument[];
  /** What newer documents do to this one, by `on` if given; `based_on` is no change. */
  changesTo(document: LegalDocument, on?: PlainDate): readonly Change[];
  /** `null` = the register does not know. */
  isInForce(document: LegalDocument, on: PlainDate): boolean | null;
}

/**
 * Builds the register. Throws a RangeError on two documents with one key and on a relation whose older
 * document is missing or not told apart by its date.
 */
export function createDocumentRegister(rows: readonly DocumentRow[]): DocumentRegister {
  const documents = rows.map(documentOf);
  const byKey = new Map<string, LegalDocument[]>();
  for (const document of documents) {
    const key = numberKey(document.number);
    const same = byKey.get(key) ?? [];
    if (same.some((d) => d.issued === document.issued && d.issuer === document.issuer)) {
      throw new RangeError(`document ${document.number} stands twice in the register`);
    }
    byKey.set(key, [...same, document]);
  }
  const byNumber = (key: string) => byKey.get(key) ?? [];
  rows.forEach((row, i) => {
    documents[i]!.relations = (row.relations ?? []).map((relation): Relation => {
      const older = byNumber(numberKey(relation.number)).filter(
        (d) => relation.issued === undefined || d.issued === relation.issued,
      );
      if (older.length !== 1) throw new RangeError(`${row.number} points to ${relation.number}`);
      return { kind: relation.kind, to: older[0]!, note: relation.note ?? null };
    });
  });
  const changesTo = (document: LegalDocument, on?: PlainDate): Change[] =>
    documents.flatMap((by) =>
      by.relations
        .filter(({ to, kind }) => to === document && kind !== 'based_on' && hasBegun(by, on))
        .map(({ kind, note }) => ({ kind, by, note })),
    );
  return {
    documents,
    byNumber,
    byShortForm: (type, serial, year) => {
      const start = `${serial.replace(/^0+(?=\d)/, '')}/${year}/`;
      return documents.filter((d) => d.type === type && numberKey(d.number).startsWith(start));
    },
    changesTo,
    isInForce: (document, on) => isInForce(document, on, changesTo(document)),
  };
}

type Draft = Omit<LegalDocument, 'relations'> & { relations: readonly Relation[] };

function documentOf(row: DocumentRow): Draft {
  const parsed = parseNumber(row.number);
  return {
    number: row.number,
    type: row.type ?? parsed?.type ?? null,
    issuer: row.issuer === undefined ? (parsed?.issuer ?? null) : row.issuer,
    issued: row.issued,
    title: row.title ?? null,
    inForceFrom: row.from ?? null,
    endedOn: row.ended ?? null,
    state: row.state,
    source: row.source,
    note: row.note ?? null,
    relations: [],
  };
}

/** A change whose day is not known counts from the day it could have begun. */
function hasBegun(by: LegalDocument, on: PlainDate | undefined): boolean {
  const first = by.inForceFrom ?? by.issued;
  return on === undefined || first === null || first <= on;
}

function isInForce(
  document: LegalDocument,
  on: PlainDate,
  changes: readonly Change[],
): boolean | null {
  const { inForceFrom, issued, endedOn } = document;
  if (endedOn !== null && endedOn <= on) return false;
  const earliest = inForceFrom ?? issued;
  if (earliest !== null && on < earliest) return false;
  const replacements = changes.filter(({ kind }) => kind === 'replaces').map(({ by }) => by);
  if (replacements.some((by) => by.inForceFrom !== null && by.inForceFrom <= on)) return false;
  // Issued but with an unknown first day: on such a day nobody here can tell.
  const mayBeReplaced = replacements.some(
    (by) => by.inForceFrom === null && (by.issued === null || by.issued <= on),
  );
  return inForceFrom === null || mayBeReplaced ? null : true;
}
