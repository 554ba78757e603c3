import type { PovertyStatus } from '../kernel/index.js';
import { audit } from '../store/index.js';
import type { Tx } from '../store/index.js';
import { findImport, listRecords, summaryOf } from './import-records.js';
import type { ImportRow, ImportRowPage, ImportSummary } from './import-result.js';

const PAGE_SIZE = 50;
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
  row_number: number;
  outcome: string;
  reasons: string[];
  raw: ImportRow['raw'];
  reading: { fieldStatus: PovertyStatus | null; proposedStatus: PovertyStatus | null } | null;
  household_id: string | null;
}

const WHERE = `import_id = $1 and is_preview = $2 and cardinality(reasons) > 0`;

/**
 * The rows of an import that need a person, within the actor's scope: first those that were not
 * written, then those written with a remark. Pages are counted from 1. The rows name people, so the
 * reading is entered in the audit log and the transaction must be able to write.
 */
export async function importRowsNeedingReview(
  tx: Tx,
  importId: string,
  { page = 1, pageSize = PAGE_SIZE }: { page?: number; pageSize?: number } = {},
): Promise<ImportRowPage> {
  const record = await findImport(tx, importId);
  const key = [importId, record?.state === 'previewed'];
  const reasons = await tx.query<{ reason: string; rows: number }>(
    `select unnest(reasons) as reason, count(*)::integer as rows
     from intake_rows where ${WHERE} group by 1 order by 2 desc, 1`,
    key,
  );
  const total = await tx.query<{ rows: number }>(
    `select count(*)::integer as rows from intake_rows where ${WHERE}`,
    key,
  );
  const { rows } = await tx.query<StoredRow>(
    `select sheet, row_number, outcome, reasons, raw, reading, household_id
     from intake_rows where ${WHERE}
     order by outcome not in ('needs_review', 'conflicting'), reasons[1], sheet, row_number
     limit $3 offset $4`,
    [...key, pageSize, (page - 1) * pageSize],
  );
  const entry = { action: 'import.read', subjectKind: 'import', subjectId: importId };
  await audit(tx, { ...entry, payload: { page, rows: rows.length } });
  return {
    rows: rows.map(importRow),
    ...{ page, pageSize },
    total: total.rows[0]?.rows ?? 0,
    byReason: Object.fromEntries(reasons.rows.map(({ reason, rows: n }) => [reason, n])),
  };
}

const importRow = (row: StoredRow): ImportRow => ({
  sheet: row.sheet,
  rowNumber: row.row_number,
  outcome: row.outcome,
  reasons: row.reasons,
  raw: row.raw,
  householdId: row.household_id,
  fieldStatus: row.reading?.fieldStatus ?? null,
  proposedStatus: row.reading?.proposedStatus ?? null,
});
