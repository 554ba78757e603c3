import type pg from 'pg';
import type { Anchor } from '../anchors/anchor.js';
import type { KeyRecord } from '../checkpoints/signing-key.js';
import type { Checkpoint } from '../checkpoints/statement.js';
import { BEFORE_FIRST, hashOfCheckpoint, isSigned, statementOf } from '../checkpoints/statement.js';
import type { CheckpointRow } from '../checkpoints/write-checkpoint.js';
import { CHECKPOINT_COLUMNS, checkpointOf } from '../checkpoints/write-checkpoint.js';
import { checkAnchors } from './check-anchors.js';
import { rowsOf } from './entry-row.js';
import type { HeadRow } from './head-list.js';
import { HeadList } from './head-list.js';
import type { Break, VerifiedAnchor } from './report.js';
import { breakAt } from './report.js';

const CHECKPOINTS = `select ${CHECKPOINT_COLUMNS} from audit_checkpoints c order by c.number`;
const HEADS = `
  select h.number::text as number, h.stream, h.seq::text as seq, h.hash
  from audit_checkpoint_heads h order by h.number, h.stream`;

export interface CheckedCheckpoints {
  checkpoints: number;
  broken: Break | null;
  anchors: VerifiedAnchor[];
  anchorBreaks: Break[];
}

/** Walks the checkpoints from the first: signature, order, root over the heads it names. */
export async function checkCheckpoints(
  client: pg.ClientBase,
  keys: ReadonlyMap<string, KeyRecord>,
  anchors: readonly Anchor[],
): Promise<CheckedCheckpoints> {
  const wanted = new Set(anchors.map(({ number }) => number));
  const found = new Map<number, string>();
  const heads = new HeadList(rowsOf<HeadRow>(client, 'checkpoint_heads', HEADS));
  let checkpoints = 0;
  let broken: Break | null = null;
  let before: { hash: Buffer; keyNumber: number } = { hash: BEFORE_FIRST, keyNumber: 0 };
  for await (const row of rowsOf<CheckpointRow>(client, 'checkpoints', CHECKPOINTS)) {
    const checkpoint = checkpointOf(row);
    checkpoints += 1;
    if (wanted.has(checkpoint.number)) found.set(checkpoint.number, statementOf(checkpoint));
    if (broken) continue;
    broken = await judge(checkpoint, { number: checkpoints, before, heads, keys });
    const keyNumber = keys.get(checkpoint.keyId)?.keyNumber ?? 0;
    before = { hash: hashOfCheckpoint(checkpoint), keyNumber };
  }
  return { checkpoints, broken, ...checkAnchors(anchors, found) };
}

interface Expected {
  number: number;
  before: { hash: Buffer; keyNumber: number };
  heads: HeadList;
  keys: ReadonlyMap<string, KeyRecord>;
}

async function judge(checkpoint: Checkpoint, expected: Expected): Promise<Break | null> {
  const { number, before, heads, keys } = expected;
  const at = { checkpoint: checkpoint.number, recordedAt: checkpoint.at };
  if (checkpoint.number !== number) {
    return breakAt('checkpoint-removed', `Mốc số ${number} đã bị bỏ.`, {
      checkpoint: number,
      recordedAt: checkpoint.at,
    });
  }
  const key = keys.get(checkpoint.keyId);
  const statement = statementOf(checkpoint);
  if (!key || !isSigned(statement, checkpoint.signature, key.publicKey)) {
    const what = `Chữ ký của mốc số ${number} không khớp với nội dung của mốc.`;
    return breakAt('checkpoint-not-signed', what, at);
  }
  if (key.keyNumber < before.keyNumber) {
    const what = `Mốc số ${number} được ký bằng một khóa đã thay.`;
    return breakAt('checkpoint-not-signed', what, at);
  }
  if (!checkpoint.previousHash.equals(before.hash)) {
    const what = `Mốc số ${number} không nối với mốc đứng trước nó.`;
    return breakAt('checkpoint-removed', what, at);
  }
  const state = await heads.advanceTo(number);
  if (state === 'backwards') {
    const what = `Ở mốc số ${number} có chuỗi ngắn lại hoặc đổi mã so với mốc trước.`;
    return breakAt('checkpoint-edited', what, at);
  }
  const agrees =
    state.root.equals(checkpoint.root) &&
    state.streams === checkpoint.streams &&
    state.entries === checkpoint.entries;
  if (agrees) return null;
  const what = `Danh sách đầu chuỗi của mốc số ${number} đã bị sửa.`;
  return breakAt('checkpoint-edited', what, at);
}
