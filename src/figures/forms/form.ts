import type { PlainDate } from '../../kernel/index.js';
import { Problem, standardLabel } from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import { countedStatus, missingSentence, statusOf, unitsWithoutData } from '../basis.js';
import { cached } from '../cache.js';
import { readFlows } from '../counts.js';
import { roundOf } from '../instance.js';
import { basisTexts, formDefinition } from '../pack-files.js';
import type { RoundView } from '../round-view.js';
import { viewRound } from '../round-view.js';
import type { Form, FormQuery, FormRow } from '../types.js';
import { endOnlyRows, flowRows } from './flow-form.js';
import type { FormSet } from './identities.js';
import { checkIdentities } from './identities.js';
import type { RowHead } from './result-form.js';
import { resultRows } from './result-form.js';

export type FormNumber = FormQuery['form'];

/** @throws Problem `form-unknown` */
export function formNumber(value: unknown): FormNumber {
  const number = Number(value);
  if (number === 1 || number === 2 || number === 3) return number;
  throw new Problem('usage', {
    code: 'form-unknown',
    what: `Không có mẫu "${String(value)}".`,
    todo: 'Các mẫu: 1 (kết quả), 2 (diễn biến hộ nghèo), 3 (diễn biến hộ cận nghèo).',
  });
}

/**
 * A report form of a round, counted from the rows, with every identity inside it and with its
 * neighbours. Everything is seen: who may see it is decided by the caller (see `publicForm`).
 * @throws Problem for an unknown form, round or area
 */
export async function form(store: Store, query: FormQuery): Promise<Form> {
  const number = formNumber(query.form);
  const forms = await formsOf(store, query);
  return forms[number];
}

function formsOf(store: Store, query: FormQuery): Promise<Record<FormNumber, Form>> {
  const key = `forms ${query.round} ${query.area} ${query.boundaries ?? ''}`;
  return cached(store, key, () => buildForms(store, query));
}

async function buildForms(store: Store, query: FormQuery): Promise<Record<FormNumber, Form>> {
  const view = await viewRound(store, query);
  const { round, area } = view;
  const boundaries = area.date;
  const before = await viewBefore(store, view, query.area, boundaries);
  const earlier = typeof before === 'string' ? null : before;
  const noFlows = typeof before === 'string' ? before : null;
  const withUncertain = [view, earlier].some((one) => one !== null && hasUncertainPlaces(one));
  const heads = rowHeads(view, withUncertain);
  const earlierHeads = earlier && rowHeads(earlier, withUncertain);
  const result = resultRows(heads, view.counts.cells);
  const flows = async (number: 2 | 3): Promise<FormRow[]> => {
    if (!earlier || !earlierHeads) return endOnlyRows(number, result);
    const cells = await readFlows(store, {
      from: earlier.round.round,
      to: round.round,
      basisFrom: earlier.basis,
      basisTo: view.basis,
      boundaries,
    });
    const bothKnown = heads.map((head, index) => {
      return { ...head, lacks: head.lacks ?? earlierHeads[index]?.lacks ?? null };
    });
    return flowRows(number, bothKnown, cells, result);
  };
  const set: FormSet = {
    round: round.round,
    boundaries,
    rows: { 1: result, 2: await flows(2), 3: await flows(3) },
    definitions: { 1: formDefinition(1), 2: formDefinition(2), 3: formDefinition(3) },
    before: earlier && earlierHeads ? resultRows(earlierHeads, earlier.counts.cells) : null,
    noFlows,
  };
  const identities = checkIdentities(set);
  const formOf = (number: FormNumber): Form => ({
    ...headOf(view, number),
    rows: set.rows[number],
    identities: identities.get(number) ?? [],
    missing: [...view.missing, ...(number !== 1 && noFlows !== null ? [noFlows] : [])],
  });
  return { 1: formOf(1), 2: formOf(2), 3: formOf(3) };
}

function headOf(view: RoundView, number: FormNumber): Form {
  const { area, round, basis } = view;
  const definition = formDefinition(number);
  const files = ['sql/views/household-cells.sql', 'sql/views/flow-cells.sql'];
  return {
    form: number,
    title: definition.title,
    round: round.round,
    area: area.unit.code,
    areaName: area.unit.name,
    boundaries: area.date,
    standard: round.standardId,
    status: statusOf(basis),
    countedStatus: countedStatus(basis),
    synthetic: view.synthetic,
    columns: definition.columns,
    rows: [],
    identities: [],
    pending: view.pending,
    coverage: view.coverage,
    missing: [],
    source: {
      files: number === 1 ? files.slice(0, 1) : files.slice(1),
      legalBasis: basisTexts(definition.legal_basis),
    },
  };
}

/** The round before in the same boundaries, or the sentence why there is none to compare with. */
async function viewBefore(
  store: Store,
  { instance, round }: RoundView,
  area: string,
  boundaries: PlainDate,
): Promise<RoundView | string> {
  const before = roundOf(instance, round.round - 1);
  if (!before) {
    return `Chưa có đợt ${round.round - 1} trong hệ thống: đây là đợt đầu theo ${standardLabel(round.standardId)}.`;
  }
  if (before.standardId !== round.standardId) {
    return (
      `Đợt ${round.round} là đợt đầu theo ${standardLabel(round.standardId)}; ` +
      `đợt ${before.round} theo ${standardLabel(before.standardId)}: diễn biến không so được.`
    );
  }
  return viewRound(store, { round: before.round, area, boundaries });
}

/** The area itself, its communes, and a last row for places whose unit is not certain. */
function rowHeads(view: RoundView, withUncertain: boolean): RowHead[] {
  const { area } = view;
  const communes = area.communes.map((commune): RowHead => {
    const { code, validFrom, name, level } = commune;
    const lacks = lackOf(view, code);
    return { unitCode: code, unitValidFrom: validFrom, name, level, lacks, holds: is(code) };
  });
  if (area.unit.level === 'commune') return communes;
  const { code, validFrom, name, level } = area.unit;
  const lacks = view.missing[0] ?? null;
  const whole = { unitCode: code, unitValidFrom: validFrom, name, level, lacks, holds: area.holds };
  if (!withUncertain) return [whole, ...communes];
  return [whole, ...communes, UNCERTAIN];
}

const is = (code: string | null) => (unitCode: string | null) => unitCode === code;

const UNCERTAIN: RowHead = {
  unitCode: null,
  unitValidFrom: null,
  name: 'Chưa xác định (thôn chưa rõ thuộc xã, phường nào)',
  level: 'uncertain',
  lacks: null,
  holds: is(null),
};

function lackOf(view: RoundView, communeCode: string): string | null {
  const units = view.units.behind.get(communeCode) ?? [];
  const lacking = unitsWithoutData(units, view.decided, view.counts.cells);
  if (lacking.length === 0) return null;
  return missingSentence(lacking, units.length, view.round.round);
}

/** Only the province has a row for them: no commune may claim them. */
const hasUncertainPlaces = ({ area, counts }: RoundView): boolean =>
  area.unit.level === 'province' && counts.cells.some((cell) => cell.unitCode === null);
