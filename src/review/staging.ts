import { endRounds, insertRounds } from '../registry/index.js';
import { CopyBuffer, columnTypes, copyInto } from '../store/index.js';
import type { Tx } from '../store/index.js';
import type { BundledRow, BundledSheet } from './row-bundles.js';
import { RowBundles } from './row-bundles.js';

/** Columns of the temporary table an import is copied into, with their types, in order. */
const COLUMNS = {
  book_id: 'uuid',
  place_id: 'uuid',
  household_id: 'uuid',
  person_id: 'uuid',
  row_id: 'uuid',
  replaced_row_id: 'uuid',
  area: 'area_kind',
  field_code: 'text',
  head_name: 'text',
  head_name_key: 'text',
  head_sex: 'sex',
  members: 'smallint',
  quick_screen_passed: 'boolean',
  b1: 'numeric(6, 1)',
  b2: 'smallint',
  field_status: 'poverty_status',
  proposed_status: 'poverty_status',
  reviewed_on: 'date',
  reviewer: 'text',
  head_birth_year: 'smallint',
  head_ethnicity_id: 'text',
  is_ethnic_minority: 'boolean',
  sheet: 'text',
  row_number: 'integer',
  outcome: 'text',
  reasons: 'text[]',
  raw: 'json',
  reading: 'jsonb',
} as const;

const STAGING = 'import_staging';
const NAMES = Object.keys(COLUMNS);
const REPLACED = NAMES.indexOf('replaced_row_id');
/** Rows carried over at once: large enough for few statements, small enough to overlap reading. */
const BATCH = 8_000;
/** Of the first, each next one being twice as large: the database need not wait until so many are read. */
const FIRST_BATCH = 1_000;
/** Sent at once at most, and a row more: those of a sheet with hundreds of columns are long. */
const BATCH_BYTES = 8 * 1024 * 1024;

async function createStaging(tx: Tx): Promise<void> {
  const columns = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`);
  await tx.query(`create temporary table ${STAGING} (${columns.join(', ')}) on commit drop`);
}

/** What all rows of one import share. */
export interface ImportFacts {
  importId: string;
  commandId: string;
  round: number;
  standardId: string;
  /** First day of the head's membership: the round's reference date. */
  referenceDate: string;
  ruleVersion: string;
  isSynthetic: boolean;
}

/** Rows that need a person, beside what was made of them: for a preview all there is to write. */
const intakeRows = (importId: string, isPreview: string, recordedAt: string): string => `
  insert into intake_rows (book_id, import_id, sheet, row_number, place_id, is_preview, raw, reading,
    outcome, reasons, household_id, recorded_at)
  select book_id, ${importId}, sheet, row_number, place_id, ${isPreview}, raw, reading, outcome, reasons,
    case when outcome in ('created', 'updated', 'unchanged', 'conflicting') then household_id end,
    ${recordedAt}
  from ${STAGING} where raw is not null`;

const PREVIEW = intakeRows('$1', 'true', '$2');

// One statement, so that the database goes on while the next rows are read, without asking for the next.
// Only a household that is new in the book has a `person_id`; others continue from an earlier round.
const HOUSEHOLDS = `
  with opened as (
    insert into households (book_id, household_id, place_id, opened_round, import_id, command_id,
      recorded_at)
    select book_id, household_id, place_id, $1, $2, $3, $4
    from ${STAGING} where person_id is not null),
  named as (
    insert into persons (book_id, person_id, place_id, full_name, name_key, sex, is_synthetic,
      recorded_at)
    select book_id, person_id, place_id, head_name, head_name_key, head_sex, $5, $4
    from ${STAGING} where person_id is not null and head_name is not null),
  heading as (
    insert into memberships (book_id, household_id, person_id, place_id, relation, valid_from)
    select book_id, household_id, person_id, place_id, 'head', $6::date
    from ${STAGING} where person_id is not null and head_name is not null)
  ${intakeRows('$2', 'false', '$4')}`;

const ENDINGS = `
  insert into household_round_endings (book_id, household_id, round, row_id, place_id, kind,
    command_id, recorded_at)
  select book_id, household_id, $1, replaced_row_id, place_id, 'replaced', $2, $3
  from ${STAGING} where outcome = 'updated'`;

// The class of the village on the reference date; of two schemes in force the younger counts.
const CLASSES = `
  select distinct on (place_id) place_id, area_class, is_extremely_disadvantaged
  from place_classes
  where valid_from <= $8::date and (valid_to is null or valid_to >= $8::date)
  order by place_id, valid_from desc, scheme`;

const ROUNDS = `
  insert into household_rounds (book_id, household_id, round, row_id, place_id, standard_id, area,
    area_class, is_extremely_disadvantaged, field_code, head_name, head_name_key, head_sex,
    members, quick_screen_passed, b1, b2, field_status, proposed_status, rule_version, reviewed_on,
    reviewer, head_birth_year, head_ethnicity_id, is_ethnic_minority, is_synthetic, import_id,
    command_id, recorded_at)
  select s.book_id, s.household_id, $1, s.row_id, s.place_id, $2, s.area, c.area_class,
    c.is_extremely_disadvantaged, s.field_code, s.head_name, s.head_name_key, s.head_sex, s.members,
    s.quick_screen_passed, s.b1, s.b2, s.field_status, s.proposed_status, $3, s.reviewed_on,
    s.reviewer, s.head_birth_year, s.head_ethnicity_id, s.is_ethnic_minority, $4, $5, $6, $7
  from ${STAGING} s left join (${CLASSES}) c on c.place_id = s.place_id
  where outcome in ('created', 'updated')`;

/** What of a batch is not in the temporary table. */
interface BatchRest {
  bundles: RowBundles;
  isReplacing: boolean;
}

async function writeBatch(
  tx: Tx,
  facts: ImportFacts,
  { bundles, isReplacing }: BatchRest,
): Promise<void> {
  const { importId, commandId, round, standardId, referenceDate, isSynthetic } = facts;
  await tx.query(HOUSEHOLDS, [round, importId, commandId, tx.now, isSynthetic, referenceDate]);
  if (isReplacing) await endRounds(tx, ENDINGS, [round, commandId, tx.now]);
  await insertRounds(tx, ROUNDS, [
    ...[round, standardId, facts.ruleVersion, isSynthetic, importId, commandId, tx.now],
    referenceDate,
  ]);
  await bundles.write(tx, importId);
}

/** Writes rows in batches while the next are being read. */
export interface StagingWriter {
  /** A row that becomes something, or needs a person; in the order of `COLUMNS`. */
  add(row: readonly unknown[]): void;
  /** The raw value of a row that needs no person, whatever becomes of it. */
  keep(sheet: BundledSheet, row: BundledRow): void;
  /** Asked after each row: `undefined` unless a batch is full, then the database sets the pace. */
  next(): Promise<void> | undefined;
  /** Waits for the batch under way: one connection does one thing at a time. */
  idle(): Promise<void>;
  /** Writes what is left and waits for everything. */
  finish(): Promise<void>;
  /** Waits for what is under way and drops the rest; after an error elsewhere. */
  abandon(): Promise<void>;
}

/**
 * A writer for one import. A preview keeps the rows that need a person and nothing else.
 */
export async function stagingWriter(
  tx: Tx,
  facts: ImportFacts,
  isPreview: boolean,
): Promise<StagingWriter> {
  await createStaging(tx);
  const types = await columnTypes(tx, STAGING, NAMES);
  let buffer = new CopyBuffer(types);
  let bundles = new RowBundles();
  let isReplacing = false;
  let size = FIRST_BATCH;
  let writing: Promise<void> = Promise.resolve();
  const carryOver = async (rest: BatchRest): Promise<void> => {
    if (isPreview) await tx.query(PREVIEW, [facts.importId, tx.now]);
    else await writeBatch(tx, facts, rest);
    await tx.query(`truncate ${STAGING}`);
  };
  const flush = async (): Promise<void> => {
    const batch = buffer;
    const rest = { bundles, isReplacing };
    buffer = new CopyBuffer(types);
    bundles = new RowBundles();
    isReplacing = false;
    size = Math.min(size * 2, BATCH);
    await writing;
    // Waited for: the connection takes a little at a time, and between two rows nobody would hand it on.
    await copyInto(tx, STAGING, NAMES, batch);
    writing = carryOver(rest);
    // Heard at the next flush or at the end; until then a failure is not unheard of.
    writing.catch(() => undefined);
  };
  return {
    add(row) {
      buffer.add(row);
      if (row[REPLACED] !== null) isReplacing = true;
    },
    keep: (sheet, row) => bundles.add(sheet, row),
    next() {
      const isFull =
        Math.max(buffer.rows, bundles.rows) >= size || buffer.bytes + bundles.bytes >= BATCH_BYTES;
      return isFull ? flush() : undefined;
    },
    idle: () => writing,
    async finish() {
      if (buffer.rows + bundles.rows > 0) await flush();
      await writing;
    },
    abandon: () => writing.catch(() => undefined),
  };
}
