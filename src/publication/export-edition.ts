import { open, rename, rm } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Problem, systemReason } from '../kernel/index.js';
import type { Store } from '../store/index.js';
import {
  SYSTEM_ACTOR,
  atSnapshot,
  audit,
  canonicalJson,
  readShared,
  withActor,
} from '../store/index.js';
import { checksumOf } from './edition.js';

/** First word of every export, so that another file is told from a damaged one. */
export const EXPORT_MARK = 'thonban-publication';

/** The first line of an export. */
export interface ExportHead {
  file: typeof EXPORT_MARK;
  format: number;
  /** On a demonstration, for whoever looks into the file. */
  notice?: string;
  kind: 'demo' | 'real';
  provinceCode: string;
  program: string;
  dataVersion: string;
  madeAt: string;
  digest: string;
  shelves: number;
}

const NOTICE = 'SỐ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC';

/** The line as it stands in the file: its own checksum comes last. */
export const sealed = (head: ExportHead): string =>
  JSON.stringify({ ...head, seal: checksumOf(canonicalJson(head)) });

export interface Exported {
  path: string;
  bytes: number;
  head: ExportHead;
}

interface ShelfRow {
  shelf: string;
  sha256: string;
  json: string;
}

/**
 * Writes what is published now into one file: gzip over lines, the head first, then one line a shelf.
 * It is entered in the audit log, though it holds only what everybody may see.
 * @throws Problem `not-published-yet`, `export-not-written`
 */
export async function exportEdition(store: Store, path: string): Promise<Exported> {
  const { head, packed } = await atSnapshot(store, async (frozen) => {
    const found = await readHead(frozen);
    // A pipeline ends when reading a shelf fails; `pipe` would wait for ever.
    const packed = await pipeline(linesOf(frozen, found), createGzip({ level: 9 }), buffer);
    return { head: found, packed };
  });
  await writeWhole(path, packed);
  await withActor(store, SYSTEM_ACTOR([]), (tx) =>
    audit(tx, {
      action: 'publication.export',
      subjectKind: 'publication',
      subjectId: head.digest,
      payload: { dataVersion: head.dataVersion },
    }),
  );
  return { path, bytes: packed.length, head };
}

/** Beside it, then renamed: a reader finds the old file or the whole new one. */
async function writeWhole(path: string, content: Buffer): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  try {
    const file = await open(draft, 'w', 0o644);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new Problem(
      'environment',
      {
        code: 'export-not-written',
        what: `Không ghi được ${path}.`,
        why: systemReason(error),
        todo: 'Kiểm tra thư mục, quyền ghi và chỗ trống rồi chạy lại.',
      },
      error,
    );
  }
}

async function readHead(frozen: Store): Promise<ExportHead> {
  const { rows } = await readShared(frozen, (tx) =>
    tx.query<Omit<ExportHead, 'file' | 'madeAt'> & { madeAt: Date }>(
      `select format, kind, province_code as "provinceCode", program,
         data_version as "dataVersion", made_at as "madeAt", digest,
         (select count(*) from publication.shelves) as shelves
       from publication.editions`,
    ),
  );
  const [found] = rows;
  if (!found) {
    throw new Problem('environment', {
      code: 'not-published-yet',
      what: 'Chưa có bản công khai nào để xuất.',
      todo: 'Lập bằng: thonban publish.',
    });
  }
  const { format, kind, ...rest } = found;
  const notice = kind === 'demo' ? { notice: NOTICE } : {};
  const mark = { file: EXPORT_MARK, format, ...notice } as const;
  return { ...mark, kind, ...rest, madeAt: found.madeAt.toISOString() };
}

async function* linesOf(frozen: Store, head: ExportHead): AsyncGenerator<string> {
  yield `${sealed(head)}\n`;
  const { rows } = await readShared(frozen, (tx) =>
    tx.query<{ shelf: string }>('select shelf from publication.shelves order by shelf'),
  );
  for (const { shelf } of rows) {
    const one = await readShared(frozen, (tx) =>
      tx.query<ShelfRow>(
        `select shelf, sha256, answers::text as json from publication.shelves where shelf = $1`,
        [shelf],
      ),
    );
    for (const { sha256, json } of one.rows) yield shelfLine(shelf, sha256, json);
  }
}

/** JSON, with the answers as the very text that the checksum is of. */
export const shelfLine = (shelf: string, sha256: string, json: string): string =>
  `{"shelf":"${shelf}","sha256":"${sha256}","answers":${json}}\n`;
