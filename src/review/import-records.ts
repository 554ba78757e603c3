import { areaRegister, isScopeOfProvince, scopeOfProvince, scopeOfUnit } from '../areas/index.js';
import type { StoredFile } from '../intake/index.js';
import { scopesFor } from '../store/index.js';
import type { Tx } from '../store/index.js';
import { orderedCounts, totalCounts } from './count-rows.js';
import type { ImportCounts, ImportResult, ImportSummary, SheetCounts } from './import-result.js';
import { IMPORTING } from './permission.js';
import type { SheetUnits } from './resolve-sheet.js';

/** A row of `imports` of kind `review`. */
export interface ImportRecord {
  importId: string;
  state: 'previewed' | 'committed' | 'voided';
  fileName: string;
  sha256: Buffer;
  round: number;
  mappingHash: Buffer;
  /** Hash of the pack that said which column means what. */
  form: string;
  units: SheetUnits;
  counts: ImportCounts;
  standard: string;
  actorId: string;
  commandId: string;
  createdAt: Date;
  committedAt: Date | null;
  voidedAt: Date | null;
  voidReason: string | null;
  /** All of the file is the reader's to see; otherwise `counts` tell of their sheets alone. */
  isWhole: boolean;
  /** All of it is theirs to write and to take back. */
  mayChange: boolean;
}

const KIND = 'review';

const SELECT = `
  select import_id as "importId", state, file_name as "fileName", file_sha256 as sha256, round,
    mapping_hash as "mappingHash", counts -> 'units' as units, counts -> 'counts' as counts,
    counts ->> 'standard' as standard, counts ->> 'form' as form, actor_id as "actorId", command_id as "commandId",
    created_at as "createdAt", committed_at as "committedAt", voided_at as "voidedAt",
    void_reason as "voidReason"
  from imports where kind = '${KIND}'`;

type StoredRecord = Omit<ImportRecord, 'isWhole' | 'mayChange'>;

/** One import, as far as the actor may see it. */
export async function findImport(tx: Tx, importId: string): Promise<ImportRecord | null> {
  const { rows } = await tx.query<StoredRecord>(`${SELECT} and import_id = $1`, [importId]);
  return rows[0] ? asSeenBy(tx, rows[0]) : null;
}

/** The standing import of the same file, round and mapping (which includes the reach of its actor). */
export async function committedImport(
  tx: Tx,
  sha: Buffer,
  round: number,
  mappingHash: Buffer,
): Promise<ImportRecord | null> {
  const { rows } = await tx.query<StoredRecord>(
    `${SELECT} and state = 'committed' and file_sha256 = $1 and round = $2 and mapping_hash = $3`,
    [sha, round, mappingHash],
  );
  return rows[0] ? { ...rows[0], isWhole: true, mayChange: true } : null;
}

/** Newest first, at most `limit` of those the actor may see. */
export async function listRecords(tx: Tx, limit: number): Promise<ImportRecord[]> {
  const { rows } = await tx.query<StoredRecord>(`${SELECT} order by created_at desc limit 1000`);
  return rows.flatMap((record) => asSeenBy(tx, record) ?? []).slice(0, limit);
}

export interface NewRecord {
  importId: string;
  fileName: string;
  file: StoredFile;
  round: number;
  mappingHash: Buffer;
  form: string;
  units: SheetUnits;
  counts: ImportCounts;
  standard: string;
  state: 'previewed' | 'committed';
}

export async function addImport(tx: Tx, record: NewRecord): Promise<ImportRecord> {
  const { importId, fileName, file, round, mappingHash, state } = record;
  const { form, units, counts, standard } = record;
  await tx.query(
    `insert into imports (import_id, kind, file_name, file_sha256, file_bytes, round, mapping_hash,
       state, counts, actor_id, office_id, command_id, created_at, committed_at)
     values ($1, '${KIND}', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[importId, fileName, file.sha256, file.bytes, round, mappingHash, state],
      JSON.stringify({ units, counts, standard, form }),
      ...[tx.actor.id, tx.actor.officeId, tx.commandId, tx.now],
      state === 'committed' ? tx.now : null,
    ],
  );
  return existing(await findImport(tx, importId));
}

export async function markCommitted(
  tx: Tx,
  importId: string,
  done: { counts: ImportCounts; standard: string; mappingHash: Buffer },
): Promise<ImportRecord> {
  const { counts, standard, mappingHash } = done;
  await tx.query(
    `update imports set state = 'committed', committed_at = $2, command_id = $3,
       counts = counts || jsonb_build_object('counts', $4::jsonb, 'standard', $5::text),
       mapping_hash = $6
     where import_id = $1`,
    [importId, tx.now, tx.commandId, JSON.stringify(counts), standard, mappingHash],
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
 * An import is seen by who made it and by who is answerable for one of its units. Somebody answerable
 * for a part sees the counts of that part: those of other communes are not theirs. Rows of a sheet
 * without a unit wait for who is answerable for the province. Whoever may only look changes nothing.
 */
function asSeenBy(tx: Tx, record: StoredRecord): ImportRecord | null {
  const isMaker = record.actorId === tx.actor.id;
  const seen = partWithin(record, tx.actor.scopes);
  const written = partWithin(record, scopesFor(tx.actor, IMPORTING));
  const mayChange = isMaker || written.isWhole;
  if (isMaker || seen.isWhole) return { ...record, isWhole: true, mayChange };
  if (seen.own.length === 0) return null;
  return { ...record, isWhole: false, mayChange, counts: totalCounts(seen.own, [], []) };
}

/** The sheets of an import within these scopes, and whether that is all of it. */
function partWithin(record: StoredRecord, keys: readonly string[]) {
  const { sheets, unresolvedSheets } = record.counts;
  const scopes = new Set(keys);
  const own = sheets.filter((sheet) => scopesOfSheet(sheet).some((key) => scopes.has(key)));
  const hasProvince = own.some((sheet) => scopes.has(scopesOfSheet(sheet)[1] ?? ''));
  const isHeld = record.state !== 'previewed' && unresolvedSheets.length > 0;
  const isTheirs = hasProvince || (isHeld && [...scopes].some(isScopeOfProvince));
  return { own, isWhole: isTheirs || (own.length > 0 && own.length === sheets.length) };
}

/** Of the unit itself, then of its province. */
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
