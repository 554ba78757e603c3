import type pg from 'pg';
import {
  chained,
  digestOf,
  genesisOf,
  payloadDigestOf,
  redactableText,
} from '../../store/index.js';
import type { EntryRow } from './entry-row.js';
import { ENTRIES, rowsOf } from './entry-row.js';
import { entryBreak, explainUnchained } from './explain-break.js';
import type { Break } from './report.js';
import { breakAt } from './report.js';

/** Where a stream really ends. */
export interface StreamEnd {
  stream: string;
  seq: number;
  hash: Buffer;
  /** The first thing wrong in it; what follows was not judged. */
  broken: Break | null;
}

export interface Walked {
  entries: number;
  redacted: number;
  ends: Map<string, StreamEnd>;
}

/** Entries that an `audit.redact` names. */
const REDACTIONS = `select subject_id as id from audit_entries where action = 'audit.redact'`;

/**
 * Adds up every stream from its beginning, entry after entry: fields against digest, payload against
 * its own, hash against the hash before, and against what checkpoints signed. After the first thing
 * that is wrong the rest of a stream is counted only, since everything after it would be wrong too.
 */
export async function walkEntries(client: pg.ClientBase): Promise<Walked> {
  const { rows } = await client.query<{ id: string }>(REDACTIONS);
  const byDecision = new Set(rows.map(({ id }) => id));
  const walked: Walked = { entries: 0, redacted: 0, ends: new Map() };
  let end = null as StreamEnd | null;
  let last = null as EntryRow | null;
  for await (const row of rowsOf<EntryRow>(client, 'entries', ENTRIES)) {
    if (end?.stream !== row.stream) {
      end = { stream: row.stream, seq: 0, hash: genesisOf(row.stream), broken: null };
      walked.ends.set(row.stream, end);
    }
    // Signed twice for one place: the second row of the join tells of the second signature.
    const isSame = last?.entryId === row.entryId;
    last = row;
    if (!isSame) {
      walked.entries += 1;
      if (row.payload === null) walked.redacted += 1;
      end.broken ??= await step(client, end, row, byDecision);
      end.seq += 1;
      end.hash = row.hash;
    }
    end.broken ??= againstSignature(row);
  }
  return walked;
}

async function step(
  client: pg.ClientBase,
  end: StreamEnd,
  row: EntryRow,
  byDecision: ReadonlySet<string>,
): Promise<Break | null> {
  const expected = end.seq + 1;
  if (Number(row.seq) > expected) return removedBefore(row, expected);
  if (Number(row.seq) < expected) {
    return entryBreak(row, 'inserted', 'Hai mục mang cùng một số thứ tự.');
  }
  const own = againstItself(row, byDecision);
  if (own) return own;
  if (chained(end.hash, row.digest).equals(row.hash)) return null;
  return explainUnchained(client, row, end.hash);
}

/** Do the fields and the payload agree with the digests that were made of them? */
function againstItself(row: EntryRow, byDecision: ReadonlySet<string>): Break | null {
  const { payload, payloadSalt } = row;
  if (payload === null && !byDecision.has(row.entryId)) {
    return entryBreak(
      row,
      'payload-removed',
      'Nội dung của mục này bị bỏ mà không có quyết định nào được ghi.',
    );
  }
  if (!digestOf(row).equals(row.digest)) {
    return entryBreak(row, 'edited', 'Mục này đã bị sửa sau khi ghi.');
  }
  const hasWords = row.form === 2 && (row.reason !== null || row.purpose !== null);
  if (payload === null && hasWords) {
    return entryBreak(row, 'edited', 'Lý do hoặc mục đích bị ghi thêm vào mục đã che.');
  }
  if (payload === null) return null;
  // A payload whose salt is gone can be shown to belong to nothing.
  const text = redactableText(row, payload);
  if (payloadSalt && payloadDigestOf(payloadSalt, text).equals(row.payloadDigest)) return null;
  return entryBreak(
    row,
    'payload-edited',
    'Nội dung, lý do hoặc mục đích của mục này đã bị sửa sau khi ghi.',
  );
}

function againstSignature(row: EntryRow): Break | null {
  const { signedHash, signedBy, hash } = row;
  if (signedHash === null || signedHash.equals(hash)) return null;
  return entryBreak(
    row,
    'rewritten',
    `Chuỗi đã bị viết lại: mốc số ${signedBy ?? ''} đã ký một mã khác ở đúng chỗ này.`,
    Number(signedBy),
  );
}

const removedBefore = (row: EntryRow, seq: number): Break =>
  breakAt(
    'removed',
    Number(row.seq) === seq + 1
      ? `Mục số ${seq} đã bị bỏ.`
      : `Các mục từ số ${seq} đến số ${Number(row.seq) - 1} đã bị bỏ.`,
    { stream: row.stream, seq, recordedAt: row.recordedAt },
  );
