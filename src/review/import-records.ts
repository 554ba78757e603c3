import { scopeOfProvince, scopeOfUnit } from '../areas/index.js';
import type { StoredFile } from '../intake/index.js';
import {
  SYSTEM_ACTOR,
  answeredBy,
  instanceOf,
  requireInstance,
  scopesFor,
  withActor,
} from '../store/index.js';
import type { Actor, Store, Tx } from '../store/index.js';
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
  /** Scope keys over which whoever read, or later wrote, the file could write then. */
  reach: readonly string[];
  /**
   * All of the file is the reader's to see; otherwise `counts` tell of their sheets alone, and the name of
   * the file is not told.
   */
  isWhole: boolean;
  /** All of it is theirs to write and to take back. */
  mayChange: boolean;
}

const KIND = 'review';

const SELECT = `
  select import_id as "importId", state, file_name as "fileName", file_sha256 as sha256, round,
    mapping_hash as "mappingHash", reach, counts -> 'units' as units, counts -> 'counts' as counts,
    counts ->> 'standard' as standard, counts ->> 'form' as form, actor_id as "actorId",
    command_id as "commandId", created_at as "createdAt", committed_at as "committedAt", voided_at as "voidedAt",
    void_reason as "voidReason"
  from imports where kind = '${KIND}'`;

type StoredRecord = Omit<ImportRecord, 'isWhole' | 'mayChange'>;

/** One import, as far as the actor may see it. */
export async function findImport(tx: Tx, importId: string): Promise<ImportRecord | null> {
  const { rows } = await tx.query<StoredRecord>(`${SELECT} and import_id = $1`, [importId]);
  return rows[0] ? asSeenBy(tx.actor, rows[0], await provinceScope(tx)) : null;
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
  const province = await provinceScope(tx);
  return rows.flatMap((row) => asSeenBy(tx.actor, row, province) ?? []).slice(0, limit);
}

/** Is a file of this content an import's or the signed paper of a decision's, whoever asks? */
export async function isUsed(store: Store, sha: Buffer): Promise<boolean> {
  const { provinceCode } = await instanceOf(store);
  const everything = SYSTEM_ACTOR([scopeOfProvince(provinceCode)]);
  const find = `
    select from imports where file_sha256 = $1
    union all
    select from recognition_decisions where signed_file_sha256 = $1
    limit 1`;
  const { rowCount } = await withActor(store, everything, (tx) => tx.query(find, [sha]), {
    readOnly: true,
  });
  return rowCount > 0;
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
  const { reach, scopeKeys } = await rightsOf(tx, counts);
  const { officeId, givers } = answeredBy(tx);
  await tx.query(
    `insert into imports (import_id, kind, file_name, file_sha256, file_bytes, round, mapping_hash,
       state, counts, actor_id, office_id, command_id, created_at, committed_at, reach, scope_keys,
       on_behalf)
     values ($1, '${KIND}', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      ...[importId, fileName, file.sha256, file.bytes, round, mappingHash, state],
      JSON.stringify({ units, counts, standard, form }),
      ...[tx.actor.id, officeId, tx.commandId, tx.now],
      ...[state === 'committed' ? tx.now : null, reach, scopeKeys, givers],
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
  const { reach, scopeKeys } = await rightsOf(tx, counts);
  await tx.query(
    `update imports set state = 'committed', committed_at = $2, command_id = $3,
       counts = counts || jsonb_build_object('counts', $4::jsonb, 'standard', $5::text),
       mapping_hash = $6, reach = $7, scope_keys = $8
     where import_id = $1`,
    [
      ...[importId, tx.now, tx.commandId, JSON.stringify(counts), standard, mappingHash],
      ...[reach, scopeKeys],
    ],
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
 * Whose an import is: of whoever answers for all that its reader answered for, for the province, or for
 * one of the units of its sheets. Row security compares `scopeKeys`.
 */
async function rightsOf(tx: Tx, counts: ImportCounts) {
  const reach = scopesFor(tx.actor, IMPORTING);
  const units = counts.sheets.flatMap((sheet) => scopeOfSheet(sheet) ?? []);
  return { reach, scopeKeys: [...new Set([...reach, await provinceScope(tx), ...units])] };
}

/** Of the province of this instance: it answers for every file. */
const provinceScope = async (tx: Tx): Promise<string> =>
  scopeOfProvince((await requireInstance(tx)).provinceCode);

/**
 * All of an import is seen by who answers for the province, for all of its units, or for all that its
 * reader answered for: who has moved elsewhere sees it no longer, and their successor does. Somebody
 * answerable for a part sees the counts of that part: those of other communes, and the name that was
 * given to the whole file, are not theirs. Whoever may only look changes nothing.
 */
function asSeenBy(actor: Actor, record: StoredRecord, province: string): ImportRecord | null {
  const seen = partWithin(record, actor.scopes, province);
  const mayChange = partWithin(record, scopesFor(actor, IMPORTING), province).isWhole;
  if (seen.isWhole) return { ...record, isWhole: true, mayChange };
  if (seen.own.length === 0) return null;
  const counts = totalCounts(seen.own, [], []);
  return { ...record, isWhole: false, mayChange, fileName: NAME_OF_PART, counts };
}

/** Stands where the name of a file that others have a part in would. */
const NAME_OF_PART = 'Tệp chung của nhiều xã';

/** The sheets of an import within these scopes, and whether that is all of it. */
function partWithin(record: StoredRecord, keys: readonly string[], province: string) {
  const { counts, reach } = record;
  const scopes = new Set(keys);
  const own = counts.sheets.filter((sheet) => scopes.has(scopeOfSheet(sheet) ?? ''));
  // A preview without any unit waits for its reader.
  const isOfProvince =
    record.state !== 'previewed' || counts.sheets.some((sheet) => sheet.unitCode !== null);
  const isTheirs =
    (isOfProvince && scopes.has(province)) ||
    (reach.length > 0 && reach.every((key) => scopes.has(key)));
  return { own, isWhole: isTheirs || (own.length > 0 && own.length === counts.sheets.length) };
}

const scopeOfSheet = ({ unitCode, unitValidFrom }: SheetCounts): string | null =>
  unitCode === null || unitValidFrom === null ? null : scopeOfUnit(unitCode, unitValidFrom);

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
