import { decimalOfHundredths } from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import type { BridgeQuery } from '../bridge.js';
import { bridge, bridgeFlows } from '../bridge.js';
import { form } from '../forms/form.js';
import type { Basis, Bridge, BridgePart, Form, FormQuery, FormRow, Identity } from '../types.js';
import { readInstance } from '../instance.js';
import { besideCount } from './publishable.js';
import { hiddenFlows } from './hidden-flows.js';
import { hiddenUnits } from './public-units.js';
import { bridgeQuestion, formQuestion } from './questions.js';
import type { StatusColumn } from './status-table.js';

/** Form 1 columns by the count they show; persons of a class are hidden with its households. */
const RESULT_COLUMNS: Readonly<Record<string, StatusColumn>> = {
  1: 'households',
  2: 'households',
  3: 'poor',
  4: 'poor',
  5: 'near-poor',
  6: 'near-poor',
  9: 'poor',
  10: 'poor',
  11: 'near-poor',
  12: 'near-poor',
};
const RATE_COLUMNS = new Set(['4', '6', '10', '12']);

/**
 * A form as the public may see it. Form 1: communes by status totals with small cells hidden. Forms 2
 * and 3 follow single households from class to class: only the province's line is published.
 * @throws Problem `not-public` for forms 2 and 3 of a smaller area
 */
export async function publicForm(store: Store, query: FormQuery): Promise<Form> {
  const instance = await readInstance(store);
  const { form: number, round, area, asked, day } = formQuestion(instance, query);
  const whole = await form(store, { form: number, round, area, boundaries: day });
  const identities = whole.identities.map(withoutDifference);
  const rows = number === 1 ? await resultRows(store, whole) : await flowRows(store, whole);
  const pending = besideCount(whole.pending, area === instance.provinceCode);
  return { ...whole, boundaries: asked, identities, rows, pending };
}

const basisOfForm = (one: Form): Basis =>
  one.countedStatus === 'recognised_status' ? 'recognised' : 'proposed';

async function resultRows(store: Store, whole: Form): Promise<FormRow[]> {
  const hidden = await hiddenUnits(store, whole.round, basisOfForm(whole));
  return whole.rows.map((row) => {
    const at = (column: StatusColumn) => hidden(row.unitCode, whole.boundaries, column);
    const isHidden = (number: string) => {
      const column = RESULT_COLUMNS[number];
      if (column === undefined) return false;
      return at(column) || (RATE_COLUMNS.has(number) && at('households'));
    };
    return withoutCells(row, isHidden);
  });
}

async function flowRows(store: Store, whole: Form): Promise<FormRow[]> {
  const province = whole.rows.filter((row) => row.level === 'province');
  const flows = await bridgeFlows(store, {
    from: whole.round - 1,
    to: whole.round,
    area: whole.area,
    boundaries: whole.boundaries,
  });
  if (flows === null) return province;
  const hidden = hiddenFlows(flows);
  return province.map((row) =>
    withoutCells(row, (number) => hidden.has(`${whole.form}.${number}`)),
  );
}

function withoutCells(row: FormRow, isHidden: (number: string) => boolean): FormRow {
  const suppressed = Object.keys(row.cells).filter(
    (number) => row.cells[number] !== null && isHidden(number),
  );
  if (suppressed.length === 0) return row;
  const blank = Object.fromEntries(suppressed.map((number) => [number, null]));
  return { ...row, cells: { ...row.cells, ...blank }, suppressed };
}

/** Whether a form balances is public; by how much and where is not. */
function withoutDifference(identity: Identity): Identity {
  const { failures: _failures, ...rest } = identity;
  return rest.ok === false ? { ...rest, difference: null, rowsRef: null } : rest;
}

/**
 * The bridge of the province; parts that are hidden are added to "other", so that it still sums to
 * the change shown.
 * @throws Problem `not-public` for a smaller area, `bridge-backwards`
 */
export async function publicBridge(store: Store, question: BridgeQuery): Promise<Bridge> {
  const query = bridgeQuestion(await readInstance(store), question);
  const whole = await bridge(store, query);
  const flows = await bridgeFlows(store, { ...query, boundaries: whole.boundaries });
  if (flows === null || whole.parts.length === 0) return whole;
  const hidden = hiddenFlows(flows);
  const isMerged = (part: BridgePart) => part.id === 'other' || hidden.has(`bridge.${part.id}`);
  const merged = whole.parts.filter(isMerged);
  const sum = (key: 'households' | 'hundredths') =>
    merged.reduce((total, part) => total + part[key], 0);
  const parts = whole.parts
    .filter((part) => part.id === 'other' || !isMerged(part))
    .map((part): BridgePart => {
      if (part.id !== 'other') return part;
      const hundredths = sum('hundredths');
      return {
        ...part,
        households: sum('households'),
        hundredths,
        value: decimalOfHundredths(hundredths),
      };
    });
  return { ...whole, parts };
}
