import { extname } from 'node:path';
import { fileProblems } from './problems.js';

export type FileKind = 'xlsx' | 'csv';

const startsWith = (head: Buffer, bytes: readonly number[]): boolean =>
  bytes.every((byte, i) => head[i] === byte);

const BINARY: readonly (readonly [string, readonly number[]])[] = [
  ['tài liệu PDF', [0x25, 0x50, 0x44, 0x46]],
  ['ảnh PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['ảnh JPEG', [0xff, 0xd8, 0xff]],
  ['tệp nén RAR', [0x52, 0x61, 0x72, 0x21]],
  ['tệp nén 7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['tệp nén gzip', [0x1f, 0x8b]],
  ['tài liệu RTF', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
];
const TEXT_ENDINGS = new Set(['', '.csv', '.txt', '.tsv']);
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b];

/**
 * What a file is, by its first bytes. The name only has to agree: a file that is called something
 * else than it is gets a sentence instead of being read.
 * @param head the first 4 kB or more, `name` the file's name as given
 */
export function sniff(head: Buffer, name: string): FileKind {
  if (head.length === 0) throw fileProblems.empty();
  const ending = extname(name).toLowerCase();
  if (startsWith(head, OLE)) {
    throw isEncrypted(head) ? fileProblems.encrypted() : fileProblems.oldExcel();
  }
  if (startsWith(head, ZIP)) {
    if (ending !== '.xlsx' && ending !== '.xlsm' && ending !== '') {
      throw fileProblems.wrongExtension(name, 'sổ Excel hoặc tệp nén', '.xlsx');
    }
    return 'xlsx';
  }
  const binary = BINARY.find(([, bytes]) => startsWith(head, bytes));
  if (binary) throw fileProblems.notATable(binary[0]);
  if (looksLikeMarkup(head)) throw fileProblems.html();
  if (looksBinary(head)) throw fileProblems.notATable('dữ liệu nhị phân không rõ loại');
  if (!TEXT_ENDINGS.has(ending)) {
    throw fileProblems.wrongExtension(name, 'văn bản (CSV)', '.csv');
  }
  return 'csv';
}

/** A workbook with a password is an OLE file that names its stream "EncryptedPackage" (UTF-16). */
const isEncrypted = (head: Buffer): boolean =>
  head.includes(Buffer.from('EncryptedPackage', 'utf16le'));

function looksLikeMarkup(head: Buffer): boolean {
  const isWide = head[0] === 0xff && head[1] === 0xfe;
  const text = head.toString(isWide ? 'utf16le' : 'latin1').slice(0, 1024);
  return /^[^\w"]*<(\?xml|!doctype|html|head|body|table|meta|style)\b/i.test(text);
}

/** NUL bytes are no text, except as the other half of UTF-16, which announces itself. */
function looksBinary(head: Buffer): boolean {
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  return !isWide && head.includes(0);
}
