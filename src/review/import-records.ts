import { areaRegister, isScopeOfProvince, scopeOfProvince, scopeOfUnit } from '../areas/index.js';
import type { StoredFile } from '../intake/index.js';
import type { Tx } from '../store/index.js';
import { orderedCounts } from './count-rows.js';
import type { ImportCounts, ImportResult, ImportSummary, SheetCounts } from './import-result.js';
import type { SheetUnits } from './resolve-sheet.js';

/** A row of `imports` of kind `review`. */
export interface ImportRecord {
  importId: string;
  state: 'previewed' | 'committed' | 'voided';
  fileName: string;
  sha256: Buffer;
  round: number;
  mappingHash: Buffer;
  units: SheetUnits;
  counts: ImportCounts;
  standard: string;
  actorId: string;
  commandId: string;
  createdAt: Date;
  committedAt: Date | null;
  voidedAt: Date | null;
  voidReason: string | null;
}

const KIND = 'review';

const SELECT = `
  select import_id as "importId", state, file_name as "fileName", file_sha256 as sha256, round,
    mapping_hash as "mappingHash", counts -> 'units' as units, counts -> 'counts' as counts,
    counts ->> 'standard' as standard, actor_id as "actorId", command_id as "commandId",
    created_at as "createdAt", committed_at as "committedAt", voided_at as "voidedAt",
    void_reason as "voidReason"
  from imports where kind = '${KIND}'`;

/** One import, if the actor may see it. */
export async function findImport(tx: Tx, importId: string): Promise<ImportRecord | null> {
  const { rows } = await tx.query<ImportRecord>(`${SELECT} and import_id = $1`, [importId]);
  const record = rows[0];
  return record && isVisible(tx, record) ? record : null;
}

/** The standing import of the same file, round and mapping. */
export async function committedImport(
  tx: Tx,
  sha: Buffer,
  round: number,
  mappingHash: Buffer,
): Promise<ImportRecord | null> {
  const { rows } = await tx.query<ImportRecord>(
    `${SELECT} and state = 'committed' and file_sha256 = $1 and round = $2 and mapping_hash = $3`,
    [sha, round, mappingHash],
  );
  return rows[0] ?? null;
}

/** Newest first, at most `limit` of those the actor may see. */
export async function listRecords(tx: Tx, limit: number): Promise<ImportRecord[]> {
  const { rows } = await tx.query<ImportRecord>(`${SELECT} order by created_at desc limit 1000`);
  return rows.filter((record) => isVisible(tx, record)).slice(0, limit);
}

export interface NewRecord {
  importId: string;
  fileName: string;
  file: StoredFile;
  round: number;
  mappingHash: Buffer;
  units: SheetUnits;
  counts: ImportCounts;
  standard: string;
  state: 'previewed' | 'committed';
}

export async function addImport(tx: Tx, record: NewRecord): Promise<ImportRecord> {
  const { importId, fileName, file, round, mappingHash, units, counts, standard, state } = record;
  await tx.query(
    `insert into imports (import_id, kind, file_name, file_sha256, file_bytes, round, mapping_hash,
       state, counts, actor_id, office_id, command_id, created_at, committed_at)
     values ($1, '${KIND}', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[importId, fileName, file.sha256, file.bytes, round, mappingHash, state],
      JSON.stringify({ units, counts, standard }),
      ...[tx.actor.id, tx.actor.officeId, tx.commandId, tx.now],
      state === 'committed' ? tx.now : null,
    ],
  );
  return existing(await findImport(tx, importId));
}

export async function markCommitted(
  tx: Tx,
  importId: string,
  counts: ImportCounts,
  standard: string,
): Promise<ImportRecord> {
  await tx.query(
    `update imports set state = 'committed', committed_at = $2, command_id = $3,
       counts = counts || jsonb_build_object('counts', $4::jsonb, 'standard', $5::text)
     where import_id = $1`,
    [importId, tx.now, tx.commandId, JSON.stringify(counts), standard],
  );
  return existing(await findImport(tx, importId));
}

export async function markVoided(tx: Tx, importId: string, reason: string): Promise<ImportRecord> {
  await tx.query(
    `update imports set state = 'voided', voided_at = $2, void_reason = $3 where import_id = $1`,
    [importId, tx.now, reason],
  );
  return existing(await findImport(tx, importId));
}

function existing(record: ImportRecord | null): ImportRecord {
  if (!record) throw new Error('an import that was just written cannot be read');
  return record;
}

/**
 * An import is seen by who made it and by who is answerable for one of its units: the file holds rows
 * of households. Rows of a sheet without a unit wait for who is answerable for the province.
 */
function isVisible(tx: Tx, record: ImportRecord): boolean {
  if (record.actorId === tx.actor.id) return true;
  const scopes = new Set(tx.actor.scopes);
  const isHeld = record.state !== 'previewed' && record.counts.unresolvedSheets.length > 0;
  if (isHeld && [...scopes].some(isScopeOfProvince)) return true;
  return record.counts.sheets.some((sheet) => scopesOfSheet(sheet).some((key) => scopes.has(key)));
}

function scopesOfSheet({ unitCode, unitValidFrom }: SheetCounts): string[] {
  if (unitCode === null || unitValidFrom === null) return [];
  const unit = areaRegister().unit({ code: unitCode, validFrom: unitValidFrom });
  const own = scopeOfUnit(unitCode, unitValidFrom);
  return unit ? [own, scopeOfProvince(unit.provinceCode)] : [own];
}

export function resultOf(record: ImportRecord): ImportResult {
  const { importId, state, fileName, round, standard, counts } = record;
  return {
    importId,
    state,
    fileName,
    round,
    standard,
    alreadyImported: false,
    ...orderedCounts(counts),
  };
}

export function summaryOf(record: ImportRecord): ImportSummary {
  const { actorId, createdAt, committedAt, voidedAt, voidReason } = record;
  return { ...resultOf(record), actorId, createdAt, committedAt, voidedAt, voidReason };
}
