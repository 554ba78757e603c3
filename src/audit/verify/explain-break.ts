import type pg from 'pg';
import { chained, genesisOf } from '../../store/index.js';
import type { EntryRow } from './entry-row.js';
import type { Break } from './report.js';
import { breakAt } from './report.js';

const NEXT = `select digest, hash from audit_entries where stream = $1 and seq = $2`;
const HEAD = 'select hash from audit_heads where stream = $1';
/** The entry that this one was made to follow, wherever it stands now. */
const BEFORE = `
  select e.seq::text as seq from audit_entries e
  where e.stream = $1 and sha256(e.hash || $2) = $3 order by e.seq limit 1`;
const AT = `
  select entry_id as "entryId", action, recorded_at as "recordedAt" from audit_entries
  where stream = $1 and seq = $2`;

/**
 * Says why an entry does not follow from the one before it, whose hash is `before`. Its own fields
 * agree with its digest; so either its hash was changed, or it was moved, or something was put in or
 * taken out before it.
 */
export async function explainUnchained(
  client: pg.ClientBase,
  row: EntryRow,
  before: Buffer,
): Promise<Break> {
  const seq = Number(row.seq);
  const origin = await originOf(client, row);
  if (origin !== null && origin >= seq) {
    return entryBreak(
      row,
      'reordered',
      `Mục này đứng sai chỗ: khi ghi, nó đứng sau mục hiện mang số ${origin}.`,
    );
  }
  if (origin !== null) return insertedAfter(client, row, origin);
  const { rows } = await client.query<{ digest: Buffer; hash: Buffer }>(NEXT, [
    row.stream,
    seq + 1,
  ]);
  const next = rows[0];
  if (next && chained(before, next.digest).equals(next.hash)) {
    return entryBreak(row, 'inserted', 'Mục này được chèn thêm vào giữa hai mục đã có.');
  }
  const own = chained(before, row.digest);
  const followed = next ? next.hash : await headOf(client, row.stream);
  if (followed?.equals(next ? chained(own, next.digest) : own)) {
    return entryBreak(row, 'edited', 'Mã nối chuỗi của mục này đã bị sửa.');
  }
  return entryBreak(
    row,
    'unchained',
    'Mục này không nối với mục đứng trước: nó bị sửa cả mã, hoặc mục đứng ngay trước nó đã bị bỏ hay bị thay.',
  );
}

/** Place of the entry before it when it was entered; 0 = it was the first; `null` = that one is gone. */
async function originOf(client: pg.ClientBase, row: EntryRow): Promise<number | null> {
  if (chained(genesisOf(row.stream), row.digest).equals(row.hash)) return 0;
  const { rows } = await client.query<{ seq: string }>(BEFORE, [row.stream, row.digest, row.hash]);
  return rows[0] ? Number(rows[0].seq) : null;
}

async function headOf(client: pg.ClientBase, stream: string): Promise<Buffer | undefined> {
  const { rows } = await client.query<{ hash: Buffer }>(HEAD, [stream]);
  return rows[0]?.hash;
}

/** The entry was made to follow `origin`: what stands between the two came in later. */
async function insertedAfter(
  client: pg.ClientBase,
  { stream }: EntryRow,
  origin: number,
): Promise<Break> {
  const seq = origin + 1;
  const { rows } = await client.query<{ entryId: string; action: string; recordedAt: Date }>(AT, [
    stream,
    seq,
  ]);
  const { entryId = null, action = null, recordedAt } = rows[0] ?? {};
  return breakAt('inserted', 'Mục này được chèn thêm vào giữa hai mục đã có.', {
    ...{ stream, seq, entryId, action },
    recordedAt: recordedAt?.toISOString() ?? null,
  });
}

/** A break at the entry itself. */
export const entryBreak = (
  { stream, seq, entryId, action, recordedAt }: EntryRow,
  kind: Break['kind'],
  what: string,
  checkpoint: number | null = null,
): Break =>
  breakAt(kind, what, { stream, seq: Number(seq), entryId, action, recordedAt, checkpoint });
