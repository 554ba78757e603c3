import { nameKey } from '../kernel/index.js';
import type { Area, PlainDate, PovertyStatus } from '../kernel/index.js';
import type { StagedRow } from '../intake/index.js';
import type { DecisionPack } from '../packs/index.js';
import { classifyByStandard } from './evaluate.js';
import type { FieldExport } from './field-export.js';
import type { ComputedStatus } from './import-result.js';

/** What a row of the export says about one household. `null` = empty or not readable. */
export interface HouseholdRow {
  fieldCode: string | null;
  headName: string | null;
  headNameKey: string | null;
  headSex: 'male' | 'female' | null;
  members: number | null;
  quickScreenPassed: boolean | null;
  b1: number | null;
  b2: number | null;
  fieldStatus: PovertyStatus | null;
  reviewedOn: PlainDate | null;
  reviewer: string | null;
  /** `null` when the row goes to a person: nothing is computed from a doubtful value. */
  status: ComputedStatus | null;
  /** Codes of `REASON_SENTENCES`. */
  reasons: string[];
}

export interface RowContext {
  form: FieldExport;
  standard: DecisionPack;
  area: Area | null;
  /** The unit of the sheet has no single successor: every row needs a person. */
  unitIsSplit: boolean;
  /** B2 → B1 → class: scores repeat, so the rule is asked once for each pair. */
  classes: Map<number, Map<number, ComputedStatus>>;
}

/** Code and name key: by it rows find each other from import to import. */
export const matchKey = (fieldCode: string | null, headNameKey: string | null): string =>
  `${fieldCode ?? ''}\u001f${headNameKey ?? ''}`;

const MAX_B1 = 500;
const MAX_B2 = 120;
const MAX_MEMBERS = 30;

/** Reads, checks and classifies one row. Pure. */
export function readHouseholdRow(row: StagedRow, context: RowContext): HouseholdRow {
  const { form } = context;
  const text = (field: Parameters<FieldExport['valueOf']>[1]) => {
    const value = form.valueOf(row, field);
    return value === null ? null : String(value);
  };
  const number = (field: 'b1' | 'b2' | 'members') => form.valueOf(row, field) as number | null;
  const headName = text('head_name');
  const headNameKey = headName === null ? null : nameKey(headName);
  const fieldCode = text('field_code');
  const b1 = number('b1');
  const b2 = number('b2');
  const members = number('members');
  const fieldStatus = text('field_status') as PovertyStatus | null;
  const screen = text('quick_screen');
  const date = text('reviewed_on');
  const review = reviewReasons(row, context, { b1, b2, members });
  // The database keeps one decimal: equal rows must compare equal, and the class follow from what is kept.
  const keptB1 = b1 === null ? null : Math.round(b1 * 10) / 10;
  const status = review.length > 0 ? null : statusOf(context, keptB1, b2);
  const reasons = [...review, ...readingReasons(row, form, date, headName)];
  if (status === 'not_computable') reasons.push(...missingReasons(b1, b2));
  if (status !== null && disagrees(status, fieldStatus)) reasons.push('class-disagreement');
  return {
    fieldCode,
    headName,
    headNameKey,
    headSex: text('head_sex') as 'male' | 'female' | null,
    members,
    quickScreenPassed: screen === null ? null : screen === 'passed',
    b1: keptB1,
    b2,
    fieldStatus,
    reviewedOn: date?.length === 10 ? (date as PlainDate) : null,
    reviewer: text('reviewer'),
    status,
    reasons,
  };
}

interface Scores {
  b1: number | null;
  b2: number | null;
  members: number | null;
}

function reviewReasons(row: StagedRow, context: RowContext, scores: Scores): string[] {
  const { form } = context;
  const reasons: string[] = [];
  if (row.kind === 'not_a_record') reasons.push('not-a-household');
  if (context.unitIsSplit) reasons.push('unit-split');
  if (form.isUnreadable(row, 'b1')) reasons.push('b1-not-a-number');
  else if (!isWithin(scores.b1, 0, MAX_B1)) reasons.push('b1-out-of-range');
  if (form.isUnreadable(row, 'b2') || !isStepOf(scores.b2, 10, 0, MAX_B2)) {
    reasons.push('b2-not-valid');
  }
  if (form.isUnreadable(row, 'members') || !isStepOf(scores.members, 1, 1, MAX_MEMBERS)) {
    reasons.push('members-not-valid');
  }
  return reasons;
}

/** An empty cell is missing, not wrong. */
const isWithin = (value: number | null, least: number, most: number): boolean =>
  value === null || (value >= least && value <= most);

const isStepOf = (value: number | null, step: number, least: number, most: number): boolean =>
  value === null || (isWithin(value, least, most) && value % step === 0);

function readingReasons(
  row: StagedRow,
  form: FieldExport,
  date: string | null,
  headName: string | null,
): string[] {
  const reasons: string[] = [];
  if (headName === null) reasons.push('name-missing');
  if (form.isUnreadable(row, 'reviewed_on')) reasons.push('date-not-readable');
  else if (date?.length === 4) reasons.push('date-year-only');
  if (form.isUnreadable(row, 'head_sex')) reasons.push('sex-not-readable');
  if (form.isUnreadable(row, 'quick_screen')) reasons.push('screen-not-readable');
  if (form.isUnreadable(row, 'field_status')) reasons.push('class-not-readable');
  return reasons;
}

function missingReasons(b1: number | null, b2: number | null): string[] {
  const reasons = [...(b1 === null ? ['b1-missing'] : []), ...(b2 === null ? ['b2-missing'] : [])];
  return reasons.length > 0 ? reasons : ['not-computable-by-scores'];
}

/** Both scores are asked for, also where one alone would settle it: the form is not complete. */
function statusOf(context: RowContext, b1: number | null, b2: number | null): ComputedStatus {
  if (b1 === null || b2 === null) return 'not_computable';
  let byB1 = context.classes.get(b2);
  if (!byB1) context.classes.set(b2, (byB1 = new Map<number, ComputedStatus>()));
  let status = byB1.get(b1);
  if (status === undefined) {
    const { standard, area } = context;
    status = classifyByStandard(standard, { area, b1, b2 }) as ComputedStatus;
    byB1.set(b1, status);
  }
  return status;
}

/** "Mức sống trung bình" is a class by income among those that are not poor: scores cannot deny it. */
function disagrees(status: ComputedStatus, field: PovertyStatus | null): boolean {
  if (status === 'not_computable' || field === null) return false;
  return field === 'average_living' ? status !== 'not_poor' : field !== status;
}
