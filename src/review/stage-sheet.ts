import { scopeOfPlace, unknownPlaceOf } from '../areas/index.js';
import { clockAt, newIdBytes } from '../kernel/index.js';
import type { Clock } from '../kernel/index.js';
import type { StageEvent, StagedRow } from '../intake/index.js';
import { rawByTitle } from '../intake/index.js';
import { bookFor } from '../registry/index.js';
import { scopesFor, widenScope } from '../store/index.js';
import type { Tx } from '../store/index.js';
import { SheetCounter } from './count-rows.js';
import { fieldExport } from './field-export.js';
import type { SheetReading } from './import-result.js';
import type { MatchScope, Matcher, RowOutcome } from './match-households.js';
import { matcherFor } from './match-households.js';
import type { HouseholdRow, RowContext } from './read-household-row.js';
import { IMPORTING } from './permission.js';
import { readHouseholdRow } from './read-household-row.js';
import type { SheetUnit } from './resolve-sheet.js';
import type { RoundContext } from './round-context.js';
import type { BundledSheet } from './row-bundles.js';
import type { StagingWriter } from './staging.js';

/** Where the rows of a sheet go. */
export interface SheetTarget {
  bookId: string;
  placeId: string;
  matcher: Matcher;
}

/** Where the rows of a sheet wait that belong to no unit, or to one the actor may not write to. */
export interface HeldTarget {
  bookId: string;
  placeId: string;
  heldFor: 'sheet-without-unit' | 'sheet-out-of-scope';
}

/** The events of a file, read one by one; a sheet's rows end with its `end`. */
export type Events = AsyncIterator<StageEvent, void>;

/**
 * Opens the book and the place of a sheet's unit and loads what stands there. `null` when the place is
 * outside what the actor may write to.
 */
export async function openTarget(
  tx: Tx,
  found: SheetUnit,
  round: RoundContext,
  run: Pick<MatchScope, 'importId' | 'linked'>,
): Promise<SheetTarget | null> {
  const { unit } = found;
  const placeId = await unknownPlaceOf(tx, unit, round.register);
  const scopes = scopesFor(tx.actor, IMPORTING);
  const visible = await tx.query(
    'select from place_scopes where place_id = $1 and scope_key = any ($2::text[]) limit 1',
    [placeId, scopes],
  );
  if (visible.rowCount === 0 && !scopes.includes(scopeOfPlace(placeId))) return null;
  const { round: year, referenceDate } = round.calendar;
  return {
    bookId: await bookFor(tx, unit),
    placeId,
    matcher: await matcherFor(tx, { ...run, round: year, referenceDate, unit }),
  };
}

/**
 * Opens the book and the place of the province, for the rows of a sheet that cannot be written: they
 * stand there beside their raw values, and only who is answerable for the province sees them.
 */
export async function openHeld(
  tx: Tx,
  { register, province, calendar }: RoundContext,
  heldFor: HeldTarget['heldFor'],
): Promise<HeldTarget> {
  const unit = register.unitOn(province, calendar.referenceDate);
  if (!unit) throw new Error(`province ${province} is not in the register`);
  const placeId = await unknownPlaceOf(tx, unit, register);
  await widenScope(tx, scopeOfPlace(placeId));
  return { bookId: await bookFor(tx, unit), placeId, heldFor };
}

export interface StageOptions {
  sheet: string;
  /** Names of the cells of its raw rows, by column. */
  titles: readonly string[];
  found: SheetUnit | null;
  /** `null`: the rows are counted and not kept. */
  target: SheetTarget | HeldTarget | null;
  round: RoundContext;
  /** Only rows that need a person are kept: nothing is going to be written from them. */
  isPreview: boolean;
  clock: Clock;
  onRows: (rows: number) => void;
}

/** Counts the rows of one sheet and hands them to the writer. */
export async function stageSheet(
  events: Events,
  writer: StagingWriter,
  options: StageOptions,
): Promise<SheetReading> {
  const { sheet, titles, target, found, round, isPreview, clock } = options;
  const bundled: BundledSheet = { name: sheet, titles };
  const counter = new SheetCounter();
  const context: RowContext = {
    form: fieldExport(),
    standard: round.standard,
    area: found?.unit.area ?? null,
    unitIsSplit: found?.isSplit ?? false,
    classes: new Map(),
  };
  for (;;) {
    const step = await events.next();
    if (step.done || step.value.kind === 'sheet' || step.value.kind === 'skipped') {
      throw new Error(`sheet "${sheet}" was not read to its end`);
    }
    const event = step.value;
    if (event.kind === 'end') return counter.finish(event.account);
    const moment = clockAt(clock.now());
    for (const row of event.rows) {
      const staged = stageRow(row, context, counter, target);
      if (!staged || !target || (isPreview && !staged.needsPerson)) continue;
      handOver(writer, bundled, row, staged, { target, context, clock: moment });
      const full = writer.next();
      if (full) await full;
    }
    options.onRows(event.rows.length);
  }
}

interface Staged {
  outcome: RowOutcome['outcome'] | 'needs_review' | 'exact_duplicate' | 'repeated_header';
  household: HouseholdRow | null;
  match: RowOutcome | null;
  reasons: readonly string[];
  needsPerson: boolean;
}

const NO_REASONS: readonly string[] = [];

function stageRow(
  row: StagedRow,
  context: RowContext,
  counter: SheetCounter,
  target: SheetTarget | HeldTarget | null,
): Staged | null {
  if (row.kind === 'exact_duplicate' || row.kind === 'repeated_header') {
    const { kind: outcome } = row;
    return { outcome, household: null, match: null, reasons: NO_REASONS, needsPerson: false };
  }
  const household = readHouseholdRow(row, context);
  counter.add(household);
  if (!target) return null;
  const { reasons } = household;
  if ('heldFor' in target) {
    const held = [target.heldFor, ...reasons];
    return { outcome: 'needs_review', household, match: null, reasons: held, needsPerson: true };
  }
  if (household.status === null) {
    return { outcome: 'needs_review', household, match: null, reasons, needsPerson: true };
  }
  const match = target.matcher.match(household);
  const { outcome } = match;
  counter.changed(outcome);
  if (outcome === 'conflicting') reasons.unshift('recognised-differently');
  return { outcome, household, match, reasons, needsPerson: reasons.length > 0 };
}

interface Setting {
  target: SheetTarget | HeldTarget;
  context: RowContext;
  clock: Clock;
}

/** A row without reasons leaves its raw value among others like it; if nothing comes of it, that is all. */
function handOver(
  writer: StagingWriter,
  sheet: BundledSheet,
  row: StagedRow,
  staged: Staged,
  { target, context, clock }: Setting,
): void {
  const { outcome, household, match, reasons, needsPerson } = staged;
  const keys = keysOf(match, target, clock);
  const isWritten = outcome === 'created' || outcome === 'updated';
  if (!needsPerson) {
    const [bookId, placeId, householdId] = keys;
    const { number: rowNumber, raw } = row;
    writer.keep(sheet, { bookId, placeId, outcome, rowNumber, householdId, raw });
    if (!isWritten) return;
  }
  const line: unknown[] = [...keys];
  if (household && isWritten) {
    addValues(line, household, context);
    addHeadValues(line, household, match);
  } else line.push(...NO_VALUES);
  line.push(sheet.name, row.number, outcome, reasons);
  if (needsPerson) line.push(rawByTitle(sheet.titles, row.raw), household && readingOf(household));
  else line.push(null, null);
  writer.add(line);
}

type Id = string | Uint8Array;
type Keys = [bookId: string, placeId: string, householdId: Id | null, ...others: (Id | null)[]];

/** Book, place, household, head of a household that is new in the book, row, replaced row. */
function keysOf(match: RowOutcome | null, target: SheetTarget | HeldTarget, clock: Clock): Keys {
  if (!match) return [target.bookId, target.placeId, null, null, null, null];
  if (match.outcome === 'created') {
    const { known } = match;
    if (known)
      return [known.bookId, known.placeId, known.householdId, null, newIdBytes(clock), null];
    return [
      target.bookId,
      target.placeId,
      newIdBytes(clock),
      newIdBytes(clock),
      newIdBytes(clock),
      null,
    ];
  }
  const { bookId, placeId, householdId, rowId } = match.current;
  return match.outcome === 'updated'
    ? [bookId, placeId, householdId, null, newIdBytes(clock), rowId]
    : [bookId, placeId, householdId, null, null, null];
}

/** From `area` to `reviewer`. */
function addValues(line: unknown[], household: HouseholdRow, context: RowContext): void {
  line.push(
    context.area,
    household.fieldCode,
    household.headName,
    household.headNameKey,
    household.headSex,
    household.members,
    household.quickScreenPassed,
    household.b1,
    household.b2,
    household.fieldStatus,
    household.status,
    household.reviewedOn,
    household.reviewer,
  );
}

/**
 * The rest: what the book knows of the head and the file does not say. Code and name agree; a head of
 * the other sex is somebody else.
 */
function addHeadValues(line: unknown[], household: HouseholdRow, match: RowOutcome | null): void {
  const from = match?.outcome === 'created' ? match.known : match?.current;
  const { headSex } = household;
  const isSame = from && (headSex === null || from.head.sex === null || from.head.sex === headSex);
  if (isSame) line.push(from.head.birthYear, from.head.ethnicityId, from.head.isEthnicMinority);
  else line.push(null, null, null);
}

const NO_VALUES: unknown[] = Array.from({ length: 16 }, () => null);

const readingOf = ({ fieldStatus, status }: HouseholdRow): string =>
  JSON.stringify({ fieldStatus, proposedStatus: status });
