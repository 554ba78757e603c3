import { hundredthsOfPercent } from '../../kernel/index.js';
import type { PlainDate } from '../../kernel/index.js';
import type { FormDefinition } from '../pack-files.js';
import type { FormRow, Identity, IdentityFailure, Measure, RowsRef } from '../types.js';
import { cellNumber, parseFormula } from './formulas.js';

/** Forms 1–3 of one round and area in one set of boundaries, and form 1 of the round before. */
export interface FormSet {
  round: number;
  boundaries: PlainDate;
  rows: Record<1 | 2 | 3, readonly FormRow[]>;
  definitions: Record<1 | 2 | 3, FormDefinition>;
  /** Form 1 of the previous round in the same boundaries; `null` with the reason. */
  before: readonly FormRow[] | null;
  /** Why flows cannot be counted; `null` = they are. */
  noFlows: string | null;
}

/** One row's check: left minus right, or why it cannot be computed. */
interface Check {
  row: FormRow;
  column: number;
  difference: number | null;
  reason: string;
}

const NOT_FILLED = 'có ô chưa có số liệu';

/** Every identity that holds inside the three forms and between them (DESIGN §3 law 11). */
export function checkIdentities(set: FormSet): Map<1 | 2 | 3, Identity[]> {
  const inside = ([1, 2, 3] as const).map((form) => [form, insideForm(set, form)] as const);
  const own = new Map(inside);
  const across = [
    acrossForms(set, 1, 2, { household: [3, 9], person: [9, 9] }),
    acrossForms(set, 1, 3, { household: [5, 9], person: [11, 9] }),
    acrossForms(set, 2, 3, { household: [2, 5], person: [2, 5] }),
    acrossForms(set, 3, 2, { household: [2, 5], person: [2, 5] }),
    startIsEnd(set, 2, { household: 3, person: 9 }),
    startIsEnd(set, 3, { household: 5, person: 11 }),
  ];
  return new Map(
    ([1, 2, 3] as const).map((form) => {
      const touching = across.filter(({ forms }) => forms.includes(form));
      return [form, [...(own.get(form) ?? []), ...touching.map(({ identity }) => identity)]];
    }),
  );
}

function insideForm(set: FormSet, form: 1 | 2 | 3): Identity[] {
  const rows = set.rows[form];
  const formulas = set.definitions[form].columns.flatMap(({ number, formula }) =>
    formula === null ? [] : [{ number, formula }],
  );
  const identities = formulas.map(({ number, formula }) =>
    conclude(set, form, {
      id: `F${form}.${number}=${formula}`,
      title: `Mẫu ${form}: cột ${number} = ${formula.replaceAll('*', '×').replaceAll('-', '−')}`,
      checks: rows.map((row) => formulaCheck(set, form, row, number, formula)),
    }),
  );
  if (form === 1) identities.push(rateRange(set), personsAtLeastHouseholds(set));
  if (rows.some((row) => row.level !== 'province')) {
    const sum = sumOfUnits(set, form);
    if (sum) identities.push(sum);
  }
  return identities;
}

function formulaCheck(
  set: FormSet,
  form: 1 | 2 | 3,
  row: FormRow,
  column: number,
  text: string,
): Check {
  const formula = parseFormula(text);
  const cell = (number: number) => cellNumber(row.cells[number]);
  const shown = cell(column);
  let expected: number | null;
  if (formula.kind === 'ratio') {
    const [numerator, denominator] = [cell(formula.numerator), cell(formula.denominator)];
    const isKnown = numerator !== null && denominator !== null;
    expected = isKnown ? hundredthsOfPercent(numerator, denominator) : null;
  } else {
    const values = formula.terms.map(({ sign, column: at }) => times(sign, cell(at)));
    expected = values.reduce((sum, value) => (sum === null || value === null ? null : sum + value));
  }
  // Nobody in nobody has no rate: the cell is empty and rightly so.
  const isEmptyRatio =
    formula.kind === 'ratio' && cell(formula.denominator) === 0 && cell(formula.numerator) === 0;
  if (isEmptyRatio) return { row, column, difference: shown === null ? 0 : shown, reason: '' };
  const difference = shown === null || expected === null ? null : shown - expected;
  return { row, column, difference, reason: reasonFor(set, form, formula.kind) };
}

const times = (sign: 1 | -1, value: number | null) => (value === null ? null : sign * value);

const reasonFor = (set: FormSet, form: 1 | 2 | 3, kind: 'ratio' | 'sum'): string =>
  kind === 'sum' && form !== 1 && set.noFlows !== null ? set.noFlows : NOT_FILLED;

/** Rates lie between 0 and 100; a difference is what lies outside, in hundredths of a percent. */
function rateRange(set: FormSet): Identity {
  const rates = set.definitions[1].columns.filter((column) => column.unit === 'percent');
  const checks = set.rows[1].flatMap((row) =>
    rates.flatMap(({ number }): Check[] => {
      const rate = cellNumber(row.cells[number]);
      if (rate === null) return [];
      const outside = rate < 0 ? rate : Math.max(0, rate - 10_000);
      return [{ row, column: number, difference: outside, reason: NOT_FILLED }];
    }),
  );
  return conclude(set, 1, { id: 'F1.rates', title: 'Mẫu 1: mỗi tỷ lệ từ 0 đến 100', checks });
}

function personsAtLeastHouseholds(set: FormSet): Identity {
  const checks = set.rows[1].map((row): Check => {
    const [households, persons] = [cellNumber(row.cells['1']), cellNumber(row.cells['2'])];
    const isKnown = households !== null && persons !== null;
    const difference = isKnown ? Math.min(0, persons - households) : null;
    return { row, column: 2, difference, reason: NOT_FILLED };
  });
  return conclude(set, 1, {
    id: 'F1.2>=F1.1',
    title: 'Mẫu 1: nhân khẩu không ít hơn số hộ',
    checks,
  });
}

/** The first row against the sum of the others, column by column. */
function sumOfUnits(set: FormSet, form: 1 | 2 | 3): Identity | null {
  const whole = set.rows[form].filter(
    (row) => row.level === 'province' || row.level === 'district',
  );
  const parts = set.rows[form].filter((row) => !whole.includes(row));
  if (whole.length === 0 || parts.length === 0) return null;
  const columns = set.definitions[form].columns.filter((column) => column.unit !== 'percent');
  const checks = whole.flatMap((row) =>
    columns.flatMap(({ number }): Check[] => {
      const values = parts
        .filter((part) => part.measure === row.measure)
        .map((part) => cellNumber(part.cells[number]));
      const total = cellNumber(row.cells[number]);
      // A column nobody collects has no sum to compare.
      if (total === null && values.every((value) => value === null)) return [];
      const isKnown = total !== null && values.every((value) => value !== null);
      const sum = values.reduce<number>((all, value) => all + (value ?? 0), 0);
      const difference = isKnown ? total - sum : null;
      return [{ row, column: number, difference, reason: NOT_FILLED }];
    }),
  );
  const title = `Mẫu ${form}: tổng các đơn vị = dòng tổng`;
  return conclude(set, form, { id: `F${form}.sum-of-units`, title, checks });
}

interface Across {
  forms: readonly (1 | 2 | 3)[];
  identity: Identity;
}

/** `columns`: for each measure the column of the left form and of the right form. */
function acrossForms(
  set: FormSet,
  left: 1 | 2 | 3,
  right: 1 | 2 | 3,
  columns: Record<Measure, readonly [number, number]>,
): Across {
  const checks = set.rows[right].map((row): Check => {
    const measure = row.measure ?? 'household';
    const [leftColumn, rightColumn] = columns[measure];
    const other = set.rows[left].find((one) => isSameRow(one, row, left === 1 ? null : measure));
    const difference = minus(other?.cells[leftColumn], row.cells[rightColumn]);
    return { row, column: rightColumn, difference, reason: set.noFlows ?? NOT_FILLED };
  });
  const [l, r] = columns.household;
  const id = `F${left}.${l}=F${right}.${r}`;
  const title = `Mẫu ${left} cột ${l} = Mẫu ${right} cột ${r}`;
  return { forms: [left, right], identity: conclude(set, right, { id, title, checks }) };
}

/** The start of the period is the end of the one before, in the same boundaries. */
function startIsEnd(set: FormSet, form: 2 | 3, columns: Record<Measure, number>): Across {
  const checks = set.rows[form].map((row): Check => {
    const column = columns[row.measure ?? 'household'];
    const earlier = set.before?.find((one) => isSameRow(one, row, null));
    // A row of places without a sure unit exists only when a round has some.
    const isAbsent = set.before !== null && !earlier && row.level === 'uncertain';
    const before = isAbsent ? 0 : earlier?.cells[column];
    const difference = minus(row.cells['1'], before);
    return { row, column: 1, difference, reason: set.noFlows ?? NOT_FILLED };
  });
  const id = `F${form}.1=previous-end`;
  const title = `Mẫu ${form}: đầu kỳ = cuối kỳ đợt trước, cùng ranh giới`;
  return { forms: [form], identity: conclude(set, form, { id, title, checks }) };
}

const isSameRow = (one: FormRow, row: FormRow, measure: Measure | null): boolean =>
  one.unitCode === row.unitCode && one.level === row.level && one.measure === measure;

function minus(a: FormRow['cells'][string] | undefined, b: typeof a): number | null {
  const [left, right] = [cellNumber(a), cellNumber(b)];
  return left === null || right === null ? null : left - right;
}

interface Stated {
  id: string;
  title: string;
  checks: readonly Check[];
}

/** false if any row fails, else null if any is unknown, else true. */
function conclude(set: FormSet, form: 1 | 2 | 3, { id, title, checks }: Stated): Identity {
  const failures = checks.flatMap((check) => failureOf(set, form, check));
  const first = failures[0];
  if (first) {
    const { difference, rowsRef } = first;
    return { id, title, ok: false, difference, rowsRef, failures };
  }
  const unknown = checks.find((check) => check.difference === null);
  if (checks.length === 0 || unknown) {
    const reason = unknown?.reason ?? NOT_FILLED;
    return { id, title, ok: null, difference: null, rowsRef: null, reason };
  }
  return { id, title, ok: true, difference: 0, rowsRef: null };
}

function failureOf(set: FormSet, form: 1 | 2 | 3, check: Check): IdentityFailure[] {
  const { row, column, difference } = check;
  if (difference === null || difference === 0) return [];
  const { unitCode, name, measure } = row;
  const { round, boundaries } = set;
  const rowsRef: RowsRef = { form, round, boundaries, unitCode, column, measure };
  return [{ unitCode, name, measure, difference, rowsRef }];
}
