import type pg from 'pg';
import type { Break } from './report.js';
import { breakAt } from './report.js';
import type { StreamEnd } from './walk-entries.js';

interface Ends {
  stream: string;
  headSeq: string | null;
  headHash: Buffer | null;
  /** The farthest entry that a checkpoint signed, and the first checkpoint that did. */
  signedSeq: string | null;
  signedBy: string | null;
}

const ENDS = `
  select coalesce(h.stream, s.stream) as stream, h.seq::text as "headSeq", h.hash as "headHash",
    s.seq::text as "signedSeq", s.number::text as "signedBy"
  from audit_heads h
  full join (
    select distinct on (stream) stream, seq, number from audit_checkpoint_heads
    order by stream, seq desc, number
  ) s on s.stream = h.stream
  order by 1`;

/**
 * Where each stream ends, against its head and against what checkpoints signed: shows a tail that was
 * cut off, a stream that is gone, entries put behind the head.
 */
export async function checkHeads(
  client: pg.ClientBase,
  walked: ReadonlyMap<string, StreamEnd>,
): Promise<{ broken: Break[]; notYetSigned: number }> {
  const { rows } = await client.query<Ends>(ENDS);
  const known = new Map(rows.map((row) => [row.stream, row]));
  const broken: Break[] = [];
  let notYetSigned = 0;
  for (const stream of new Set([...known.keys(), ...walked.keys()])) {
    const end = walked.get(stream) ?? { seq: 0, hash: null, broken: null };
    const ends = known.get(stream);
    const signed = Number(ends?.signedSeq ?? 0);
    notYetSigned += Math.max(0, end.seq - signed);
    const found = end.broken ?? endOf(stream, end, ends);
    if (found) broken.push(found);
  }
  return { broken, notYetSigned };
}

function endOf(
  stream: string,
  end: { seq: number; hash: Buffer | null },
  ends: Ends | undefined,
): Break | null {
  const head = Number(ends?.headSeq ?? 0);
  const signed = Number(ends?.signedSeq ?? 0);
  const longest = Math.max(head, signed);
  if (longest > end.seq) {
    const seq = end.seq + 1;
    const checkpoint = signed > end.seq ? Number(ends?.signedBy) : null;
    const proof =
      checkpoint === null ? 'chuỗi đã có đến mục' : `mốc số ${checkpoint} đã ký đến mục`;
    return breakAt(
      'truncated',
      `Phần cuối của chuỗi bị cắt từ mục số ${seq}; ${proof} số ${checkpoint === null ? head : signed}.`,
      { stream, seq, checkpoint },
    );
  }
  if (!ends?.headHash) {
    return breakAt('head-removed', 'Dòng giữ đầu chuỗi đã bị bỏ.', { stream, seq: end.seq });
  }
  if (head < end.seq) {
    return breakAt('inserted', 'Có mục được chèn vào sau đầu chuỗi.', { stream, seq: head + 1 });
  }
  if (end.hash && ends.headHash.equals(end.hash)) return null;
  return breakAt('head-edited', 'Dòng giữ đầu chuỗi đã bị sửa.', { stream, seq: end.seq });
}
