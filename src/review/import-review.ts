import { rm } from 'node:fs/promises';
import { Problem, newId } from '../kernel/index.js';
import type { ReadLimits, StoredFile } from '../intake/index.js';
import { storeFile, storedFilePath } from '../intake/index.js';
import { audit, canonicalJson, runCommand, scopesFor, sha256, withActor } from '../store/index.js';
import type { Actor, OnProgress, Store, Tx } from '../store/index.js';
import { fieldExport } from './field-export.js';
import type { ImportResult } from './import-result.js';
import type { ImportRecord } from './import-records.js';
import {
  addImport,
  committedImport,
  findImport,
  isUsed,
  markCommitted,
  resultOf,
} from './import-records.js';
import type { SheetUnits } from './resolve-sheet.js';
import { inTurn } from './import-turns.js';
import { lockImport, lockRound } from './lock-round.js';
import { IMPORTING } from './permission.js';
import { refuseClassified } from './refuse-classified.js';
import { runImport } from './run-import.js';

export interface ImportInput {
  actor: Actor;
  /** UUID made with the form: sending it twice does the thing once. */
  commandId: string;
  /** Path of the file, or the bytes of an upload. */
  file: string | Uint8Array;
  /** The name the person gave it. */
  fileName: string;
  round: number;
  /** Codes for sheets whose name says no unit, or not clearly: sheet name → unit code. */
  sheetUnits?: Readonly<Record<string, string>>;
  /** Code of the unit of the only sheet of the file. */
  area?: string;
  limits?: Partial<ReadLimits>;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

export interface ImportReviewInput extends ImportInput {
  /** Reads and counts, writes no household. */
  dryRun: boolean;
}

/**
 * Imports a review file into its round, or says what that would do. The same file with the same round
 * and mapping, committed before, answers with the stored result and writes nothing.
 * @throws Problem for a file that cannot be read, and for a round without a standard
 */
export async function importReview(store: Store, input: ImportReviewInput): Promise<ImportResult> {
  const { actor, commandId, fileName, round, dryRun, limits, signal } = input;
  await refuseClassified(store, {
    ...{ actor, file: input.file, fileName, takes: 'table' as const },
    act: dryRun ? 'import.preview' : 'import.commit',
    ...(limits && { limits }),
    ...(signal && { signal }),
  });
  const file = await storeFile(store.dataDir, input.file, fileName, store.clock);
  const units: SheetUnits = { bySheet: input.sheetUnits ?? {}, onlySheet: input.area ?? null };
  const sha = file.sha256.toString('hex');
  const mappingHash = mappingHashOf(units, actor);
  const call = {
    ...{ actor, commandId, permission: IMPORTING },
    name: dryRun ? 'import.preview' : 'import.commit',
    input: { fileName, sha256: sha, round, mapping: mappingHash.toString('hex') },
  };
  try {
    return await inTurn(store, () =>
      runCommand(store, call, async (tx) => {
        await lockRound(tx, round);
        const before = await committedImport(tx, file.sha256, round, mappingHash);
        if (before) return { ...resultOf(before), alreadyImported: true };
        return runNew(tx, input, { file, units, mappingHash });
      }),
    );
  } catch (error) {
    await discardUnused(store, file);
    throw error;
  }
}

/** Reads and counts a file and keeps it, so that `commitImport` can write what was shown. */
export const previewImport = (store: Store, input: ImportInput): Promise<ImportResult> =>
  importReview(store, { ...input, dryRun: true });

/**
 * Previews the file of a preview again with units given by hand for some of its sheets; those given
 * before stay. The former preview stays as it was. @throws Problem `import-not-found`, `not-a-preview`
 */
export async function previewAgain(
  store: Store,
  call: { actor: Actor; commandId: string; importId: string; sheetUnits: SheetUnits['bySheet'] },
): Promise<ImportResult> {
  const { actor, commandId, importId, sheetUnits } = call;
  const find = (tx: Tx) => findImport(tx, importId);
  const record = await withActor(store, actor, find, { readOnly: true });
  if (!record) throw importNotFound();
  if (!record.mayChange) throw importOfOthersToo();
  if (record.state !== 'previewed') throw notAPreview();
  const { fileName, round, sha256: sha, units } = record;
  return previewImport(store, {
    ...{ actor, commandId, fileName, round },
    file: storedFilePath(store.dataDir, sha),
    sheetUnits: { ...units.bySheet, ...sheetUnits },
    ...(units.onlySheet !== null && { area: units.onlySheet }),
  });
}

interface NewImport {
  file: StoredFile;
  units: SheetUnits;
  mappingHash: Buffer;
}

async function runNew(
  tx: Tx,
  input: ImportReviewInput,
  { file, units, mappingHash }: NewImport,
): Promise<ImportResult> {
  const { dryRun, fileName, round, limits, onProgress, signal } = input;
  const importId = newId(tx.clock);
  const { counts, standard } = await runImport(tx, {
    ...{ importId, path: file.path, fileName, round, units, isPreview: dryRun },
    ...(limits && { limits }),
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  const record = await addImport(tx, {
    ...{ importId, fileName, file, round, mappingHash, units, counts, standard },
    form: fieldExport().hash,
    state: dryRun ? 'previewed' : 'committed',
  });
  if (dryRun) await auditPreview(tx, record);
  return resultOf(record);
}

/**
 * Writes a previewed import. What counts now is matched again, so the numbers may differ from the
 * preview where others wrote in between. A committed one answers with its result.
 * @throws Problem `import-not-found`, `import-voided`, `import-of-others-too`, `mapping-changed`
 */
export async function commitImport(
  store: Store,
  call: { actor: Actor; commandId: string; importId: string; onProgress?: OnProgress },
): Promise<ImportResult> {
  const { actor, commandId, importId, onProgress } = call;
  const command = {
    ...{ actor, commandId, name: 'import.commit', permission: IMPORTING },
    input: { importId },
  };
  return inTurn(store, () =>
    runCommand(store, command, async (tx) => {
      const record = await lockImport(tx, importId);
      if (!record) throw importNotFound();
      if (record.state === 'committed') return { ...resultOf(record), alreadyImported: true };
      if (record.state === 'voided') throw importVoided();
      if (!record.mayChange) throw importOfOthersToo();
      return commitNew(tx, store.dataDir, record, onProgress);
    }),
  );
}

async function commitNew(
  tx: Tx,
  dataDir: string,
  record: ImportRecord,
  onProgress: OnProgress | undefined,
): Promise<ImportResult> {
  const { importId, sha256: sha, round, form, units, fileName } = record;
  if (form !== fieldExport().hash) throw mappingChanged();
  // Somebody with another reach than who made the preview writes what is theirs to write.
  const mappingHash = mappingHashOf(units, tx.actor);
  const before = await committedImport(tx, sha, round, mappingHash);
  if (before) return { ...resultOf(before), alreadyImported: true };
  const { counts, standard } = await runImport(tx, {
    ...{ importId, path: storedFilePath(dataDir, sha), fileName, round, units, isPreview: false },
    ...(onProgress && { onProgress }),
  });
  return resultOf(await markCommitted(tx, importId, { counts, standard, mappingHash }));
}

/**
 * What decides which rows of a file are written, beside its bytes: the pack, the codes given by hand,
 * and the reach of who imports it. A commune that wrote its part of a province's file must not stop
 * the province from writing the rest.
 */
const mappingHashOf = (units: SheetUnits, actor: Actor): Buffer => {
  const scopes = scopesFor(actor, IMPORTING).sort();
  return sha256(canonicalJson({ form: fieldExport().hash, units, scopes }));
};

async function auditPreview(tx: Tx, record: ImportRecord): Promise<void> {
  const { importId, fileName, round } = record;
  await audit(tx, {
    ...{ action: 'import.preview', subjectKind: 'import', subjectId: importId },
    payload: { fileName, round },
  });
}

/** A refused file is not kept, unless the same content came in properly before, by anybody. */
async function discardUnused(store: Store, file: StoredFile): Promise<void> {
  if (!(await isUsed(store, file.sha256))) await rm(file.path, { force: true });
}

export const importNotFound = (): Problem =>
  new Problem('not-found', {
    code: 'import-not-found',
    what: 'Không có lần nhập này, hoặc lần nhập này ngoài địa bàn được giao.',
    todo: 'Xem danh sách bằng lệnh: thonban import list.',
  });

const importVoided = (): Problem =>
  new Problem('conflict', {
    code: 'import-voided',
    what: 'Lần nhập này đã được hủy.',
    todo: 'Nộp lại tệp để nhập lần mới.',
  });

const notAPreview = (): Problem =>
  new Problem('conflict', {
    code: 'not-a-preview',
    what: 'Lần nhập này đã được ghi hoặc đã hủy, không đổi đơn vị của trang tính được nữa.',
    todo: 'Hủy lần nhập rồi nộp lại tệp.',
  });

/** Committing and undoing act on a whole file: whoever answers for a part of it does neither. */
export const importOfOthersToo = (): Problem =>
  new Problem('refused', {
    code: 'import-of-others-too',
    what: 'Tệp này còn có trang ngoài địa bàn được giao.',
    why: 'Một tệp được ghi hoặc hủy cả tệp, không từng phần.',
    todo: 'Để người đã nộp tệp hoặc cán bộ cấp tỉnh ghi hay hủy; hoặc nộp tệp riêng của xã.',
  });

const mappingChanged = (): Problem =>
  new Problem('conflict', {
    code: 'mapping-changed',
    what: 'Cách đọc biểu đã thay đổi từ khi xem trước.',
    todo: 'Nộp lại tệp để xem trước rồi ghi.',
  });
