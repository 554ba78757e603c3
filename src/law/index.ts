export { citeText } from './cite-text.js';
export type { Candidate, Citation, CitedChange } from './cite-text.js';
export type { LegalDocument, RelationKind } from './document.js';
export type { DocumentRegister } from './document-register.js';
export { documentRegister } from './load-register.js';
export { showDocument } from './show-document.js';
export type { ShownDocument } from './show-document.js';
export type { DocumentType } from './symbols.js';
