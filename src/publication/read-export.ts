import fs from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Problem, systemReason } from '../kernel/index.js';
import { canonicalJson } from '../store/index.js';
import { checkedEdition, damaged, refuseOtherFormat } from './check-edition.js';
import type { Edition, Shelf } from './edition.js';
import { checksumOf } from './edition.js';
import type { ExportHead } from './export-edition.js';
import { EXPORT_MARK } from './export-edition.js';

/** A province is some 25 MB; a file that unpacks to more than this is none of ours. */
const MAX_BYTES = 512 * 1024 * 1024;

const SHELF_LINE = /^\{"shelf":"([a-z0-9/-]+)","sha256":"([0-9a-f]{64})","answers":(.+)\}$/s;

/**
 * Reads an export. Every byte is accounted for: what is not the head or a shelf whose checksum fits
 * makes the whole file damaged.
 * @throws Problem `export-missing`, `export-unreadable`, `publication-…`
 */
export function readExport(path: string): Edition {
  const lines = unpack(readFile(path)).split('\n');
  const head = readHead(lines[0] ?? '');
  if (lines.pop() !== '') throw damaged('Dòng cuối bị cắt.', 'file');
  const shelves = new Map<string, Shelf>();
  for (const line of lines.slice(1)) {
    const [, shelf = '', sha256 = '', json = ''] = SHELF_LINE.exec(line) ?? [];
    if (shelf === '' || shelves.has(shelf)) {
      throw damaged('Trong tệp có dòng không thuộc bản công khai.', 'file');
    }
    shelves.set(shelf, { json: Buffer.from(json, 'utf8'), sha256 });
  }
  if (shelves.size !== head.shelves) {
    throw damaged(`Tệp có ${shelves.size} phần, phần đầu ghi ${head.shelves}.`, 'file');
  }
  const { format, kind, provinceCode, program, dataVersion, madeAt, digest } = head;
  const known = { format, kind, provinceCode, program, dataVersion, digest };
  return checkedEdition({ ...known, madeAt: new Date(madeAt) }, shelves, 'file');
}

function readFile(path: string): Buffer {
  try {
    return fs.readFileSync(path);
  } catch (error) {
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

interface Unzipped {
  buffer: Buffer;
  engine: { bytesWritten: number };
}

function unpack(packed: Buffer): string {
  if (packed.length < 2 || packed[0] !== 0x1f || packed[1] !== 0x8b) throw notOurs();
  let unzipped: Unzipped;
  try {
    const options = { maxOutputLength: MAX_BYTES, info: true };
    unzipped = gunzipSync(packed, options) as unknown as Unzipped;
  } catch (error) {
    throw damaged(
      error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR'
        ? 'Tệp bị cắt ngắn.'
        : 'Tệp không giải nén được.',
      'file',
    );
  }
  if (unzipped.engine.bytesWritten !== packed.length) {
    throw damaged('Sau phần cuối còn thứ khác.', 'file');
  }
  return unzipped.buffer.toString('utf8');
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
  if (seal === checksumOf(canonicalJson(head))) return head as unknown as ExportHead;
  throw damaged('Phần đầu của tệp không khớp mã kiểm tra.', 'file');
}

const notOurs = (): Problem =>
  new Problem('refused', {
    code: 'not-an-export',
    what: 'Tệp này không phải bản công khai xuất từ Thôn Bản.',
    todo: 'Chọn tệp lập bằng: thonban publish export TỆP.',
  });
