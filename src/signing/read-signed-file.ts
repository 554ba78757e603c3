import type { Certificate } from 'pkijs';
import { hasActiveContent } from './pdf/active-content.js';
import { PdfSyntaxError } from './pdf/lexer.js';
import { PdfTooLargeError, readObjects } from './pdf/objects.js';
import type { PdfObjects } from './pdf/objects.js';
import { PdfDictionary } from './pdf/value.js';
import { signedFileProblems } from './problems.js';
import { checkSignature } from './signature/check-signature.js';
import { endOf, signaturesIn } from './signature/find-signatures.js';
import type { SignatureCheck } from './signature/types.js';

/** A decision of a commune, scanned, is a few megabytes. */
export const LARGEST_SIGNED_FILE = 20 * 1024 * 1024;
/** Each is computed over the whole file. */
const MOST_SIGNATURES = 20;

/**
 * Judges a signed file by its content and checks every signature in it. An unsigned scan is a signed
 * file too: the ink is in the picture.
 * @returns one finding for each signature, none for a scan
 * @throws Problem `signed-file-…` when this is no PDF that everybody can open and that only shows
 */
export async function readSignedFile(
  bytes: Uint8Array,
  roots: readonly Certificate[],
): Promise<SignatureCheck[]> {
  if (bytes.length === 0) throw signedFileProblems.missing();
  if (bytes.length > LARGEST_SIGNED_FILE) throw signedFileProblems.tooLarge(LARGEST_SIGNED_FILE);
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, 1024).includes('%PDF-')) throw signedFileProblems.notPdf();
  const objects = objectsOf(file);
  judge(objects);
  return checkAll(file, objects, roots);
}

function objectsOf(file: Buffer): PdfObjects {
  try {
    return readObjects(file);
  } catch (error) {
    const isOurs = error instanceof PdfSyntaxError || error instanceof PdfTooLargeError;
    throw isOurs ? signedFileProblems.unreadable() : error;
  }
}

function judge({ values, trailers }: PdfObjects): void {
  if (trailers.some((trailer) => trailer.has('Encrypt'))) throw signedFileProblems.encrypted();
  const isType = (type: string) =>
    values.some((value) => value instanceof PdfDictionary && value.nameOf('Type') === type);
  if (!isType('Page') || !isType('Catalog')) throw signedFileProblems.unreadable();
  if (hasActiveContent(values)) throw signedFileProblems.active();
}

async function checkAll(
  file: Buffer,
  { values }: PdfObjects,
  roots: readonly Certificate[],
): Promise<SignatureCheck[]> {
  const signatures = signaturesIn(values);
  if (signatures.length > MOST_SIGNATURES) throw signedFileProblems.unreadable();
  // One after the other: each takes a copy of the file while it is computed.
  const found: Awaited<ReturnType<typeof checkSignature>>[] = [];
  for (const one of signatures) found.push(await checkSignature(file, one, roots));
  // To the last byte, or to the line ends that editors and mail programs add.
  const isToTheEnd = signatures.map((one) => isBlank(file.subarray(endOf(one))));
  return found.map((check, at): SignatureCheck => {
    if (isToTheEnd[at]) return { ...check, coverage: 'whole' };
    const isSigned = found.some(
      (later, j) => j > at && later.integrity === 'intact' && isToTheEnd[j],
    );
    return { ...check, coverage: isSigned ? 'signed-over' : 'followed' };
  });
}

const isBlank = (rest: Buffer): boolean =>
  rest.length <= 64 && rest.toString('latin1').trim() === '';
