import { Problem, formatInteger, newId } from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import type { Actor, Tx } from '../../store/index.js';
import { audit, sha256, withActor } from '../../store/index.js';
import type { EntryLine } from './entry-line.js';
import type { EntryFilter } from './list-entries.js';
import { matchingEntries } from './list-entries.js';

/** A workbook of more rows opens on few machines. */
export const EXPORT_LIMIT = 50_000;

export interface ExportInput {
  actor: Actor;
  filter: EntryFilter;
  format: 'csv' | 'xlsx';
  /** Makes the file of the rows. */
  write(rows: readonly EntryLine[]): Promise<Uint8Array<ArrayBuffer>>;
}

export interface ExportedFile {
  body: Uint8Array<ArrayBuffer>;
  rows: number;
  /** SHA-256, hexadecimal: what `sha256sum` says of the file. */
  checksum: string;
}

/**
 * Takes entries away as a file. The entry of the export holds the number of rows and the checksum of
 * the file, so that a copy can be compared with what really left. @throws Problem `export-too-large`
 */
export async function exportEntries(store: Store, input: ExportInput): Promise<ExportedFile> {
  const { actor, filter, format, write } = input;
  const found = await withActor(
    store,
    actor,
    (tx) => matchingEntries(tx, filter, EXPORT_LIMIT + 1),
    { readOnly: true },
  );
  if (found.length > EXPORT_LIMIT) throw tooLarge();
  // A workbook takes a while: no connection waits for it, and no file leaves before it is entered.
  const body = await write(found);
  const file = { body, rows: found.length, checksum: sha256(body).toString('hex') };
  await withActor(store, actor, (tx) =>
    audit(tx, {
      action: 'audit.export',
      subjectKind: 'export',
      subjectId: newId(tx.clock),
      payload: { filter, format, rows: file.rows, sha256: file.checksum },
    }),
  );
  return file;
}

/** A file that was taken away. */
export interface PastExport {
  at: Date;
  format: string;
  rows: number;
  checksum: string;
}

interface Row {
  at: Date;
  payload: { format?: unknown; rows?: unknown; sha256?: unknown } | null;
}

/** The actor's own exports, newest first; one whose payload was redacted is left out. */
export async function pastExports(tx: Tx, limit: number): Promise<PastExport[]> {
  const { rows } = await tx.query<Row>(
    `select recorded_at as at, payload from audit_entries
     where actor_id = $1 and action = 'audit.export' and payload is not null
     order by recorded_at desc, entry_id desc limit $2`,
    [tx.actor.id, limit],
  );
  return rows.map(({ at, payload }) => ({
    at,
    format: String(payload?.format),
    rows: Number(payload?.rows),
    checksum: String(payload?.sha256),
  }));
}

const tooLarge = (): Problem =>
  new Problem('refused', {
    code: 'export-too-large',
    what: `Có hơn ${formatInteger(EXPORT_LIMIT)} mục phù hợp, quá nhiều cho một tệp.`,
    todo: 'Thu hẹp khoảng ngày rồi xuất từng phần.',
  });
