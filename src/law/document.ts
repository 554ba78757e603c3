import type { PlainDate } from '../kernel/index.js';
import type { DocumentType } from './symbols.js';

/** What a document does to an older one. `based_on` changes nothing. */
export const RELATIONS = [
  'amends',
  'replaces',
  'extends',
  'corrects',
  'consolidates',
  'based_on',
] as const;

export type RelationKind = (typeof RELATIONS)[number];

/** A document as the register knows it. Its key is number, issuer and issue date. */
export interface LegalDocument {
  number: string;
  type: DocumentType | null;
  issuer: string | null;
  issued: PlainDate | null;
  title: string | null;
  /** First day in force; `null` = not known. */
  inForceFrom: PlainDate | null;
  /** First day without force; `null` = no end is known. */
  endedOn: PlainDate | null;
  state: 'verified' | 'unverified';
  source: string;
  note: string | null;
  relations: readonly Relation[];
}

export interface Relation {
  kind: RelationKind;
  /** The older document. */
  to: LegalDocument;
  note: string | null;
}

/** A change seen from the older document. */
export interface Change {
  kind: RelationKind;
  by: LegalDocument;
  note: string | null;
}
