import { keyOf } from '../areas/index.js';
import type { OnProgress, Tx } from '../store/index.js';
import { answerFor, audit } from '../store/index.js';
import { Problem, formatInteger } from '../kernel/index.js';
import type { ReadLimits, StageEvent } from '../intake/index.js';
import { stageFile } from '../intake/index.js';
import { ruleVersion } from '../packs/index.js';
import { totalCounts } from './count-rows.js';
import { fieldExport } from './field-export.js';
import type { ImportCounts, SheetCounts, SkippedSheet, UnresolvedSheet } from './import-result.js';
import type { Resolution, SheetUnit, SheetUnits } from './resolve-sheet.js';
import { isResolved, outOfScope, resolveSheet } from './resolve-sheet.js';
import { openRound } from './round-context.js';
import type { RoundContext } from './round-context.js';
import type { Events, HeldTarget, SheetTarget } from './stage-sheet.js';
import { openHeld, openTarget, stageSheet } from './stage-sheet.js';
import { stagingWriter } from './staging.js';
import type { StagingWriter } from './staging.js';

export interface RunInput {
  importId: string;
  path: string;
  fileName: string;
  round: number;
  units: SheetUnits;
  isPreview: boolean;
  limits?: Partial<ReadLimits>;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

export interface RunResult {
  counts: ImportCounts;
  standard: string;
}

/**
 * Reads a file from its first byte to its last row and writes what it says (or, for a preview, only
 * the rows that need a person), in the transaction given, which holds the lock of the round. Reading,
 * deciding and copying overlap.
 */
export async function runImport(tx: Tx, input: RunInput): Promise<RunResult> {
  const round = await openRound(tx, input.round, input.isPreview);
  const writer = await stagingWriter(tx, factsOf(tx, input, round), input.isPreview);
  try {
    const counts = await stageAll(tx, writer, input, round);
    input.onProgress?.(input.isPreview ? 'Lưu bản xem trước' : 'Ghi vào sổ');
    await writer.finish();
    return { counts, standard: round.standard.id };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

const factsOf = (tx: Tx, input: RunInput, { standard, calendar, isSynthetic }: RoundContext) => ({
  importId: input.importId,
  commandId: tx.commandId ?? input.importId,
  round: input.round,
  standardId: standard.id,
  referenceDate: calendar.referenceDate,
  ruleVersion: ruleVersion(standard),
  isSynthetic,
});

async function stageAll(
  tx: Tx,
  writer: StagingWriter,
  input: RunInput,
  round: RoundContext,
): Promise<ImportCounts> {
  const { fileName, limits, signal } = input;
  const { mapping } = fieldExport();
  const events: Events = stageFile(input.path, {
    ...{ fileName, mapping },
    ...(limits && { limits }),
    ...(signal && { signal }),
  })[Symbol.asyncIterator]();
  const places: Places = { linked: new Set(), targets: new Map() };
  const sheets: SheetCounts[] = [];
  const unresolved: UnresolvedSheet[] = [];
  const skipped: SkippedSheet[] = [];
  const progress = progressOf(input.onProgress);
  try {
    for (;;) {
      const step = await events.next();
      if (step.done) break;
      const event = step.value;
      if (event.kind === 'skipped') {
        skipped.push({ sheet: event.sheet, rows: event.rows, reason: event.reason });
      }
      if (event.kind !== 'sheet') continue;
      if (sheets.length > 0 && input.units.onlySheet !== null) throw areaForManySheets();
      const found = resolveSheet(
        ...([event.sheet, round.calendar, round.province, input.units, round.register] as const),
      );
      const { counts, problem } = await oneSheet(tx, events, event, found, {
        ...{ input, round, progress, writer, places },
      });
      sheets.push(counts);
      if (problem) unresolved.push(problem);
    }
  } finally {
    await events.return?.();
  }
  return totalCounts(sheets, unresolved, skipped);
}

type SheetBegin = Extract<StageEvent, { kind: 'sheet' }>;

interface SheetSetting {
  input: RunInput;
  round: RoundContext;
  progress: (sheet: string, rows: number) => void;
  writer: StagingWriter;
  places: Places;
}

/** What the sheets of one file share. */
interface Places {
  linked: Set<string>;
  /** By unit: a second sheet of a unit goes on where the first one ended, and never takes its rows. */
  targets: Map<string, SheetTarget | null>;
}

async function oneSheet(
  tx: Tx,
  events: Events,
  { sheet, titles }: SheetBegin,
  resolution: Resolution,
  { input, round, progress, writer, places }: SheetSetting,
): Promise<{ counts: SheetCounts; problem: UnresolvedSheet | null }> {
  const found = isResolved(resolution) ? resolution : null;
  await writer.idle();
  const target = found && (await targetOf(tx, found, round, input.importId, places));
  const heldFor = found ? 'sheet-out-of-scope' : 'sheet-without-unit';
  const place = target ?? (input.isPreview ? null : await openHeld(tx, round, heldFor));
  const counts = await stageSheet(events, writer, {
    ...{ sheet, titles, found, target: place, round, isPreview: input.isPreview, clock: tx.clock },
    onRows: (rows) => progress(sheet, rows),
  });
  const result = { sheet, ...unitOf(target && found), ...counts };
  await writer.idle();
  if (place && !input.isPreview) await auditSheet(tx, input.importId, place, result);
  if (!found) return { counts: result, problem: resolution as UnresolvedSheet };
  return { counts: result, problem: target ? null : outOfScope(sheet, found.unit) };
}

const unitOf = (
  found: SheetUnit | null,
): Pick<SheetCounts, 'unitCode' | 'unitValidFrom' | 'unitName'> =>
  found
    ? {
        unitCode: found.unit.code,
        unitValidFrom: found.unit.validFrom,
        unitName: found.unit.name,
      }
    : { unitCode: null, unitValidFrom: null, unitName: null };

async function targetOf(
  tx: Tx,
  found: SheetUnit,
  round: RoundContext,
  importId: string,
  { linked, targets }: Places,
): Promise<SheetTarget | null> {
  const key = keyOf(found.unit);
  const known = targets.get(key);
  if (known !== undefined) return known;
  const target = await openTarget(tx, found, round, { importId, linked });
  targets.set(key, target);
  // Also of a preview, which enters nothing about a place: who reads a file for somebody has their part.
  if (target) await answerFor(tx, [target.placeId]);
  return target;
}

/** Rows that are kept for somebody else are no result written: the log says which of the two it was. */
async function auditSheet(
  tx: Tx,
  importId: string,
  target: SheetTarget | HeldTarget,
  { sheet, unitCode, changes, rowsRead }: SheetCounts,
): Promise<void> {
  const isHeld = 'heldFor' in target;
  await audit(tx, {
    action: isHeld ? 'import.hold' : 'import.commit',
    subjectKind: 'import',
    subjectId: importId,
    bookId: target.bookId,
    placeId: target.placeId,
    payload: isHeld
      ? { sheet, heldFor: target.heldFor, rows: rowsRead }
      : { sheet, unitCode, changes },
  });
}

/** Rows between two words of progress within a sheet: a log stays short, a person sees it move. */
const TOLD_EVERY = 2_000;

function progressOf(onProgress: OnProgress | undefined) {
  let current = '';
  let inSheet = 0;
  return (sheet: string, rows: number): void => {
    const before = sheet === current ? inSheet : -1;
    inSheet = Math.max(before, 0) + rows;
    current = sheet;
    if (before >= 0 && Math.floor(inSheet / TOLD_EVERY) === Math.floor(before / TOLD_EVERY)) return;
    onProgress?.(`Đọc trang "${sheet}": ${formatInteger(inSheet)} dòng`);
  };
}

const areaForManySheets = (): Problem =>
  new Problem('usage', {
    code: 'area-for-many-sheets',
    what: 'Tệp có nhiều trang, không thể chỉ một mã xã cho tất cả.',
    todo: 'Chỉ từng trang: --sheet "TÊN TRANG=MÃ XÃ".',
  });
