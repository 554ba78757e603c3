export { linesOfPdf } from './pdf/lines-of-pdf.js';
export { LARGEST_SIGNED_FILE, readSignedFile } from './read-signed-file.js';
export { rememberCheck } from './remember-check.js';
export { signedFileProblems } from './problems.js';
export { signingRoots } from './roots.js';
export { signatureText } from './signature/sentences.js';
export type { SignatureText } from './signature/sentences.js';
export { isBroken } from './signature/types.js';
export type { SignatureCheck } from './signature/types.js';
