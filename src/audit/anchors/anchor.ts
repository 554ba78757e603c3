import { z } from 'zod';
import type { PlainDate } from '../../kernel/index.js';
import { Problem, addDays, parsePlainDate } from '../../kernel/index.js';
import type { Tx } from '../../store/index.js';
import { localTimeSql, midnightSql } from '../../store/index.js';
import type { Checkpoint } from '../checkpoints/statement.js';
import { isSigned, statedBy, statementOf } from '../checkpoints/statement.js';
import { keyIdOf } from '../checkpoints/signing-key.js';
import type { CheckpointRow } from '../checkpoints/write-checkpoint.js';
import { CHECKPOINT_COLUMNS, checkpointOf } from '../checkpoints/write-checkpoint.js';

/**
 * The last checkpoint of a day with what is needed to check it: small enough to print or to send by
 * mail, and kept where whoever runs the system cannot reach it. It tells nothing about anybody.
 */
export interface Anchor {
  format: 'thonban-anchor/1';
  /** The day in Vietnam. */
  date: PlainDate;
  number: number;
  at: string;
  instance: string | null;
  /** Hexadecimal. */
  root: string;
  streams: number;
  entries: number;
  previous: string;
  key: string;
  /** SubjectPublicKeyInfo and Ed25519 signature, base64. */
  publicKey: string;
  signature: string;
}

const LOCAL_DAY = `(${localTimeSql('c.at')})::date`;

/** The last checkpoint of each day; an index on `at` bounds the days read. */
const ANCHORS = `
  select distinct on (day) ${LOCAL_DAY}::text as day, k.public_key as "publicKey",
    ${CHECKPOINT_COLUMNS}
  from audit_checkpoints c join audit_keys k on k.key_id = c.key_id
  where c.at >= ${midnightSql('$1')} and c.at < ${midnightSql('$2')}
  order by day desc, c.number desc`;

type Row = CheckpointRow & { day: PlainDate; publicKey: Buffer };

/** One anchor for each day from `from` to `to` (inclusive) that has a checkpoint, newest first. */
export async function anchorsOf(tx: Tx, from: PlainDate, to: PlainDate): Promise<Anchor[]> {
  const { rows } = await tx.query<Row>(ANCHORS, [from, addDays(to, 1)]);
  return rows.map(anchorFrom);
}

/** The anchor of one day. @throws Problem `anchor-missing` */
export async function anchorOf(tx: Tx, date: PlainDate): Promise<Anchor> {
  const [anchor] = await anchorsOf(tx, date, date);
  if (anchor) return anchor;
  throw anchorMissing(date);
}

export const anchorMissing = (date: PlainDate): Problem =>
  new Problem('not-found', {
    code: 'anchor-missing',
    what: `Không có mốc nhật ký của ngày ${date}.`,
    why: 'Ngày đó hệ thống không chạy hoặc không có mục nhật ký mới nào.',
    todo: 'Chọn một ngày khác trong danh sách mốc.',
  });

/** The newest anchor; that of today may still move on. `null` before the first checkpoint. */
export async function newestAnchor(tx: Tx): Promise<Anchor | null> {
  const { rows } = await tx.query<Row>(
    `select ${LOCAL_DAY}::text as day, k.public_key as "publicKey", ${CHECKPOINT_COLUMNS}
     from audit_checkpoints c join audit_keys k on k.key_id = c.key_id
     order by c.number desc limit 1`,
  );
  return rows[0] ? anchorFrom(rows[0]) : null;
}

/** Months that have anchors, newest first: `2025-10`. */
export async function anchorMonths(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ first: string | null; last: string | null }>(
    `select to_char(${localTimeSql('min(at)')}, 'YYYY-MM') as first,
       to_char(${localTimeSql('max(at)')}, 'YYYY-MM') as last
     from audit_checkpoints`,
  );
  const { first, last } = rows[0] ?? {};
  return first && last ? monthsBetween(first, last) : [];
}

/** Every month of the span, newest first. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = last; month >= first; month = monthBefore(month)) months.push(month);
  return months;
}

const monthBefore = (month: string): string => addDays(`${month}-01` as PlainDate, -1).slice(0, 7);

function anchorFrom(row: Row): Anchor {
  const checkpoint = checkpointOf(row);
  return {
    format: 'thonban-anchor/1',
    date: row.day,
    ...statedBy(checkpoint),
    publicKey: row.publicKey.toString('base64'),
    signature: checkpoint.signature.toString('base64'),
  };
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();
const schema = z.object({
  format: z.literal('thonban-anchor/1'),
  date: z.string().refine((text): text is PlainDate => parsePlainDate(text) === text),
  number: count,
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
  instance: z.uuid().nullable(),
  root: hash,
  streams: count,
  entries: count,
  previous: hash,
  key: z.string().regex(/^[0-9a-f]{16}$/),
  publicKey: z.base64(),
  signature: z.base64(),
});

/** The checkpoint that an anchor speaks of. */
export const checkpointOfAnchor = (anchor: Anchor): Checkpoint => ({
  number: anchor.number,
  at: anchor.at,
  instanceId: anchor.instance,
  root: Buffer.from(anchor.root, 'hex'),
  streams: anchor.streams,
  entries: anchor.entries,
  previousHash: Buffer.from(anchor.previous, 'hex'),
  keyId: anchor.key,
  signature: Buffer.from(anchor.signature, 'base64'),
});

/**
 * Reads an anchor that was kept elsewhere; one whose signature does not fit it is refused, since it
 * would prove nothing. @throws Problem `anchor-unreadable`, `anchor-not-genuine`
 */
export function readAnchor(text: string, name: string): Anchor {
  const parsed = schema.safeParse(jsonOf(text));
  if (!parsed.success) throw unreadable(name);
  const anchor: Anchor = parsed.data;
  const publicKey = Buffer.from(anchor.publicKey, 'base64');
  const checkpoint = checkpointOfAnchor(anchor);
  const isGenuine =
    keyIdOf(publicKey) === anchor.key &&
    isSigned(statementOf(checkpoint), checkpoint.signature, publicKey);
  if (!isGenuine) throw notGenuine(name);
  return anchor;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}

const unreadable = (name: string): Problem =>
  new Problem('refused', {
    code: 'anchor-unreadable',
    what: `${name} không phải là một mốc nhật ký.`,
    todo: 'Dùng tệp .json tải từ trang Mốc nhật ký hoặc lệnh: thonban audit anchor > moc.json.',
  });

const notGenuine = (name: string): Problem =>
  new Problem('refused', {
    code: 'anchor-not-genuine',
    what: `Chữ ký trong ${name} không khớp với nội dung của mốc.`,
    why: 'Tệp đã bị sửa hoặc chép thiếu, nên không dùng để đối chiếu được.',
    todo: 'Tìm một bản khác của mốc (bản in, thư đã gửi), hoặc dùng mốc của ngày khác.',
  });
