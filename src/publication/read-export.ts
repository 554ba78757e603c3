import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';
import { Problem, systemReason } from '../kernel/index.js';
import { canonicalJson } from '../store/index.js';
import { refuseIncomplete } from './ask-everything.js';
import { checkedEdition, damaged, refuseOtherFormat } from './check-edition.js';
import type { Edition, Shelf } from './edition.js';
import { checksumOf } from './edition.js';
import type { ExportHead } from './export-edition.js';
import { EXPORT_MARK } from './export-edition.js';

const MEGABYTE = 1024 * 1024;
/** A province is some 3 MB, 25 MB unpacked; a file of more than this is none of ours. */
const MAX_PACKED = 32 * MEGABYTE;
const MAX_BYTES = 256 * MEGABYTE;
/** A head is some 500 bytes; so much of the file is unpacked to look at it before the rest. */
const HEAD_BYTES = 4096;
const MAX_SHELVES = 10_000;

const NEWLINE = 10;
const HEX_64 = /^[0-9a-f]{64}$/;
const SHELF_START = /^\{"shelf":"([a-z0-9/-]{1,100})","sha256":"([0-9a-f]{64})","answers":/;
const SHELF_START_BYTES = 256;

/**
 * Reads an export. Every byte is accounted for: what is not the head or a shelf whose checksum fits
 * makes the whole file damaged; so does a question of the public that it has no answer to.
 * @throws Problem `export-missing`, `export-unreadable`, `not-an-export`, `publication-…`
 */
export async function readExport(path: string): Promise<Edition> {
  const packed = readFile(path);
  const head = readHead(firstLine(packed));
  const content = await unpack(packed);
  const shelves = readShelves(content, head.shelves);
  const { format, kind, provinceCode, program, dataVersion, madeAt, digest } = head;
  const known = { format, kind, provinceCode, program, dataVersion, digest };
  const edition = checkedEdition({ ...known, madeAt: new Date(madeAt) }, shelves, 'file');
  await refuseIncomplete(edition, 'file');
  return edition;
}

function readFile(path: string): Buffer {
  try {
    const found = fs.statSync(path);
    // Opening a pipe would wait for whoever writes into it.
    if (found.isFile() && found.size > MAX_PACKED) throw notOurs();
    if (!found.isFile() && !found.isDirectory()) throw notOurs();
    return fs.readFileSync(path);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Problem(
      'environment',
      {
        code: isMissing ? 'export-missing' : 'export-unreadable',
        what: isMissing ? `Không có tệp ${path}.` : `Không đọc được ${path}.`,
        ...(!isMissing && { why: systemReason(error) }),
        todo: 'Kiểm tra đường dẫn và quyền đọc; tệp được lập bằng: thonban publish export TỆP.',
      },
      error,
    );
  }
}

/** What is no export shows in its first bytes: then the rest is not unpacked. */
function firstLine(packed: Buffer): string {
  if (packed.length < 2 || packed[0] !== 0x1f || packed[1] !== 0x8b) throw notOurs();
  let start: Buffer;
  try {
    // The start alone is no whole file; what could be unpacked of it is enough.
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 8 * MEGABYTE };
    start = gunzipSync(packed.subarray(0, HEAD_BYTES), options);
  } catch {
    throw damaged('Tệp không giải nén được.', 'file');
  }
  const end = start.subarray(0, HEAD_BYTES).indexOf(NEWLINE);
  if (end >= 0) return start.toString('utf8', 0, end);
  if (start.length >= HEAD_BYTES || packed.length > HEAD_BYTES) throw notOurs();
  // Less than a line, and nothing more to come: a head that was cut off, or something else.
  if (start.toString('utf8').startsWith(`{"file":"${EXPORT_MARK}"`)) {
    throw damaged('Tệp bị cắt ngắn.', 'file');
  }
  throw notOurs();
}

interface Unzipped {
  buffer: Buffer;
  engine: { bytesWritten: number };
}

const UNPACK_REASONS = new Map([
  ['Z_BUF_ERROR', 'Tệp bị cắt ngắn.'],
  ['ERR_BUFFER_TOO_LARGE', 'Tệp giải nén ra lớn hơn mức một tỉnh có thể có.'],
]);

/** Beside the thread that answers requests. */
async function unpack(packed: Buffer): Promise<Buffer> {
  let unzipped: Unzipped;
  try {
    const options = { maxOutputLength: MAX_BYTES, info: true };
    unzipped = (await promisify(gunzip)(packed, options)) as unknown as Unzipped;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw damaged(UNPACK_REASONS.get(code) ?? 'Tệp không giải nén được.', 'file');
  }
  if (unzipped.engine.bytesWritten !== packed.length) {
    throw damaged('Sau phần cuối còn thứ khác.', 'file');
  }
  return unzipped.buffer;
}

function readHead(line: string): ExportHead {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    throw notOurs();
  }
  if (typeof read !== 'object' || read === null) throw notOurs();
  const { seal, ...head } = read as Record<string, unknown>;
  if (head['file'] !== EXPORT_MARK) throw notOurs();
  // First, since a later version may seal its head in another way.
  refuseOtherFormat(head['format'], 'file');
  if (seal !== checksumOf(canonicalJson(head))) {
    throw damaged('Phần đầu của tệp không khớp mã kiểm tra.', 'file');
  }
  if (!isHead(head)) throw damaged('Phần đầu của tệp ghi sai.', 'file');
  return head;
}

/** A checksum anybody can compute: the values are looked at as well. */
function isHead(head: Record<string, unknown>): head is Record<string, unknown> & ExportHead {
  const { kind, provinceCode, program, dataVersion, madeAt, digest, shelves } = head;
  return (
    (kind === 'demo' || kind === 'real') &&
    [provinceCode, program, dataVersion].every((text) => typeof text === 'string') &&
    typeof digest === 'string' &&
    HEX_64.test(digest) &&
    typeof madeAt === 'string' &&
    isInstant(madeAt) &&
    Number.isInteger(shelves) &&
    Number(shelves) <= MAX_SHELVES
  );
}

function isInstant(text: string): boolean {
  const read = new Date(text);
  return !Number.isNaN(read.getTime()) && read.toISOString() === text;
}

/** One line after the other: a text of the whole would be too long for a string one day. */
function readShelves(content: Buffer, count: number): Map<string, Shelf> {
  if (content.at(-1) !== NEWLINE) throw damaged('Dòng cuối bị cắt.', 'file');
  if (!isUtf8(content)) throw strayLine();
  const shelves = new Map<string, Shelf>();
  let start = content.indexOf(NEWLINE) + 1;
  while (start < content.length) {
    if (shelves.size === count) throw damaged(`Tệp có hơn ${count} phần ghi ở đầu.`, 'file');
    const end = content.indexOf(NEWLINE, start);
    const [name, shelf] = readShelf(content.subarray(start, end));
    if (shelves.has(name)) throw strayLine();
    shelves.set(name, shelf);
    start = end + 1;
  }
  if (shelves.size === count) return shelves;
  throw damaged(`Tệp có ${shelves.size} phần, phần đầu ghi ${count}.`, 'file');
}

function readShelf(line: Buffer): [string, Shelf] {
  const found = SHELF_START.exec(line.toString('latin1', 0, SHELF_START_BYTES));
  if (!found || line.at(-1) !== '}'.charCodeAt(0)) throw strayLine();
  const [start, name = '', sha256 = ''] = found;
  return [name, { json: line.subarray(start.length, -1), sha256 }];
}

const strayLine = (): Problem => damaged('Trong tệp có dòng không thuộc bản công khai.', 'file');

const notOurs = (): Problem =>
  new Problem('refused', {
    code: 'not-an-export',
    what: 'Tệp này không phải bản công khai xuất từ Thôn Bản.',
    todo: 'Chọn tệp lập bằng: thonban publish export TỆP.',
  });
