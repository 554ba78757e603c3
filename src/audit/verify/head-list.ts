import { sha256 } from '../../store/index.js';
import { headLine } from '../checkpoints/statement.js';

/** A head as a checkpoint named it. */
export interface HeadRow {
  number: string;
  stream: string;
  seq: string;
  hash: Buffer;
}

/** All heads as of a checkpoint, brought forward by those that changed. */
export class HeadList {
  private readonly rows: AsyncGenerator<HeadRow>;
  private pending: HeadRow | null | undefined;
  private readonly heads = new Map<string, { seq: number; line: string }>();
  private order: string[] = [];
  private entries = 0;

  constructor(rows: AsyncGenerator<HeadRow>) {
    this.rows = rows;
  }

  /** Streams only grow. */
  async advanceTo(
    number: number,
  ): Promise<{ root: Buffer; streams: number; entries: number } | 'backwards'> {
    for (;;) {
      if (this.pending === undefined) {
        const next = await this.rows.next();
        this.pending = next.done ? null : next.value;
      }
      const row = this.pending;
      if (row === null || Number(row.number) > number) break;
      if (!this.take(row)) return 'backwards';
      this.pending = undefined;
    }
    if (this.order.length !== this.heads.size) this.order = [...this.heads.keys()].sort();
    const lines = this.order.map((stream) => this.heads.get(stream)?.line ?? '');
    return { root: sha256(lines.join('')), streams: this.order.length, entries: this.entries };
  }

  private take({ stream, seq: text, hash }: HeadRow): boolean {
    const seq = Number(text);
    const before = this.heads.get(stream)?.seq ?? 0;
    this.heads.set(stream, { seq, line: headLine({ stream, seq, hash }) });
    this.entries += seq - before;
    return seq > before;
  }
}
