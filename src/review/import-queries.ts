import type { PovertyStatus } from '../kernel/index.js';
import { audit } from '../store/index.js';
import type { Tx } from '../store/index.js';
import { fieldExport } from './field-export.js';
import { findImport, listRecords, summaryOf } from './import-records.js';
import type { ImportRow, ImportRowGroup, ImportRowPage, ImportSummary } from './import-result.js';

const PAGE_SIZE = 50;
const ROWS_EACH = 10;
const LISTED = 200;

/** One import with its counts, or `null` when there is none that the actor may see. */
export async function importSummary(tx: Tx, importId: string): Promise<ImportSummary | null> {
  const record = await findImport(tx, importId);
  return record && summaryOf(record);
}

/** Imports the actor may see, newest first. */
export async function listImports(tx: Tx): Promise<ImportSummary[]> {
  return (await listRecords(tx, LISTED)).map(summaryOf);
}

interface StoredRow {
  sheet: string;
  place_id: string;
  row_number: number;
  outcome: string;
  reasons: string[];
  raw: ImportRow['raw'];
  reading: { fieldStatus: PovertyStatus | null; proposedStatus: PovertyStatus | null } | null;
  household_id: string | null;
}

const WHERE = `import_id = $1 and is_preview = $2 and cardinality(reasons) > 0`;

interface Key {
  importId: string;
  isPreview: boolean;
}

/** First the reasons for which rows were not written, then remarks; the commonest first. */
async function countByReason(tx: Tx, key: Key): Promise<{ reason: string; rows: number }[]> {
  const { rows } = await tx.query<{ reason: string; rows: number }>(
    `select reasons[1] as reason, count(*)::integer as rows
     from intake_rows where ${WHERE} group by 1
     order by bool_or(outcome in ('needs_review', 'conflicting')) desc, 2 desc, 1`,
    [key.importId, key.isPreview],
  );
  return rows;
}

/** Of one reason, or (`null`) of all: those that were not written first. */
async function readRows(
  tx: Tx,
  { importId, isPreview }: Key,
  reason: string | null,
  [limit, offset]: [number, number],
): Promise<StoredRow[]> {
  const { rows } = await tx.query<StoredRow>(
    `select sheet, place_id, row_number, outcome, reasons, raw, reading, household_id
     from intake_rows where ${WHERE} and ($5::text is null or reasons[1] = $5)
     order by outcome not in ('needs_review', 'conflicting'), reasons[1], sheet, row_number
     limit $3 offset $4`,
    [importId, isPreview, limit, offset, reason],
  );
  return rows;
}

async function keyOf(tx: Tx, importId: string): Promise<Key> {
  const record = await findImport(tx, importId);
  return { importId, isPreview: record?.state === 'previewed' };
}

/** The rows name people: reading them is entered in the audit log, for the offices of their places. */
const auditReading = (
  tx: Tx,
  importId: string,
  read: readonly StoredRow[],
  more: Record<string, unknown>,
) =>
  audit(tx, {
    ...{ action: 'import.read', subjectKind: 'import', subjectId: importId },
    about: [...new Set(read.map((row) => row.place_id))],
    payload: { ...more, rows: read.length },
  });

/**
 * The rows of an import that need a person, within the actor's scope: first those that were not
 * written, then those written with a remark; with a reason, those it is the first of. Pages are counted
 * from 1. The transaction must be able to write (the reading is audited).
 */
export async function importRowsNeedingReview(
  tx: Tx,
  importId: string,
  options: { page?: number; pageSize?: number; reason?: string } = {},
): Promise<ImportRowPage> {
  const { page = 1, pageSize = PAGE_SIZE, reason } = options;
  const key = await keyOf(tx, importId);
  const counts = await countByReason(tx, key);
  const rows = await readRows(tx, key, reason ?? null, [pageSize, (page - 1) * pageSize]);
  await auditReading(tx, importId, rows, { page, ...(reason && { reason }) });
  const counted = reason ? counts.filter((one) => one.reason === reason) : counts;
  return {
    ...{ rows: rows.map(importRow), page, pageSize },
    total: counted.reduce((sum, one) => sum + one.rows, 0),
    byReason: Object.fromEntries(counts.map((one) => [one.reason, one.rows])),
  };
}

/** The same rows grouped by their first reason, the first few of each. The reading is audited. */
export async function importRowGroups(
  tx: Tx,
  importId: string,
  rowsEach = ROWS_EACH,
): Promise<ImportRowGroup[]> {
  const key = await keyOf(tx, importId);
  const groups: ImportRowGroup[] = [];
  const read: StoredRow[] = [];
  for (const { reason, rows: total } of await countByReason(tx, key)) {
    const rows = await readRows(tx, key, reason, [rowsEach, 0]);
    groups.push({ reason, total, rows: rows.map(importRow) });
    read.push(...rows);
  }
  await auditReading(tx, importId, read, {});
  return groups;
}

const importRow = (row: StoredRow): ImportRow => ({
  sheet: row.sheet,
  rowNumber: row.row_number,
  outcome: row.outcome,
  reasons: row.reasons,
  raw: row.raw,
  cells: cellsOf(row.raw),
  householdId: row.household_id,
  fieldStatus: row.reading?.fieldStatus ?? null,
  proposedStatus: row.reading?.proposedStatus ?? null,
});

/** As in reading, the first column of a title is the one that counts. */
function cellsOf(raw: ImportRow['raw']): ImportRow['cells'] {
  const { fieldOf } = fieldExport();
  const cells: Record<string, string> = {};
  for (const [title, value] of Object.entries(raw)) {
    const field = fieldOf(title);
    if (field !== null && value !== null) cells[field] ??= String(value);
  }
  return cells;
}
