import type { FlowCell } from '../flow-cells.js';
import { FLOW_SUBJECTS, enteringColumn, leavingColumn } from '../flow-cells.js';
import type { PublicCell } from './publishable.js';
import { isSmall, publishable } from './publishable.js';

const STAYED_POOR = 'stayed-poor';
const STAYED_NEAR = 'stayed-near-poor';

/** Column → the ways that it sums; the ways between the two classes stand in both forms. */
const FORM_2: Readonly<Record<number, readonly string[]>> = {
  2: ['poor→near'],
  3: ['2.3'],
  4: ['2.4'],
  5: ['near→poor'],
  6: ['2.6'],
  7: ['2.7'],
  8: ['2.8'],
  1: [STAYED_POOR, 'poor→near', '2.3', '2.4'],
  9: [STAYED_POOR, 'near→poor', '2.6', '2.7', '2.8'],
};
const FORM_3: Readonly<Record<number, readonly string[]>> = {
  2: ['near→poor'],
  3: ['3.3'],
  4: ['3.4'],
  5: ['poor→near'],
  6: ['3.6'],
  7: ['3.7'],
  8: ['3.8'],
  1: [STAYED_NEAR, 'near→poor', '3.3', '3.4'],
  9: [STAYED_NEAR, 'poor→near', '3.6', '3.7', '3.8'],
};
const WAYS = [...new Set([...Object.values(FORM_2), ...Object.values(FORM_3)].flat())];

/**
 * Which columns of forms 2 and 3 of the province, and which parts of the bridge, are hidden: small
 * counts, and what would give them back, over both forms and the bridge together.
 * @returns ids `2.6` (form and column) and `bridge.re-poor`
 */
export function hiddenFlows(cells: readonly FlowCell[]): Set<string> {
  const counts = countWays(cells);
  const value = (ways: readonly string[]) =>
    ways.reduce((sum, way) => sum + (counts.get(way) ?? 0), 0);
  const column = (form: number, number: string, ways: readonly string[]): PublicCell => {
    const count = value(ways);
    const isTotal = number === '1' || number === '9';
    return {
      id: `${form}.${number}`,
      value: count,
      sum: new Map(ways.map((way) => [WAYS.indexOf(way), 1])),
      isSensitive: isSmall(count),
      cost: isTotal ? 1e12 : count === 0 ? 1e6 : count,
    };
  };
  const part = (id: string, plus: readonly string[], minus: readonly string[]): PublicCell => ({
    id: `bridge.${id}`,
    value: value(plus) - value(minus),
    sum: new Map([
      ...plus.map((way) => [WAYS.indexOf(way), 1] as const),
      ...minus.map((way) => [WAYS.indexOf(way), -1] as const),
    ]),
    isSensitive: minus.length === 0 && isSmall(value(plus)),
    cost: 0.5,
  });
  return publishable([
    ...Object.entries(FORM_2).map(([number, ways]) => column(2, number, ways)),
    ...Object.entries(FORM_3).map(([number, ways]) => column(3, number, ways)),
    part('escaped', ['poor→near', '2.3'], []),
    part('newly-poor', ['near→poor', '2.7'], []),
    part('re-poor', ['2.6'], []),
    part('other', ['2.8'], ['2.4']),
  ]);
}

function countWays(cells: readonly FlowCell[]): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (way: string, households: number) =>
    counts.set(way, (counts.get(way) ?? 0) + households);
  for (const form of [2, 3] as const) {
    const flow = FLOW_SUBJECTS[form];
    const columns = form === 2 ? FORM_2 : FORM_3;
    for (const cell of cells) {
      if (cell.statusBefore === flow.subject) {
        const column = leavingColumn(flow, cell);
        if (column === null) add(form === 2 ? STAYED_POOR : STAYED_NEAR, cell.households);
        else add(columns[column]![0]!, cell.households);
      }
      if (cell.statusAfter === flow.subject) {
        const column = enteringColumn(flow, cell);
        // Column 5 is the other form's column 2 and was counted there.
        if (column !== null && column !== 5) add(columns[column]![0]!, cell.households);
      }
    }
  }
  return counts;
}
