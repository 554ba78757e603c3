import type { Rate } from '../kernel/index.js';
import { decimalOfHundredths, toHundredths } from '../kernel/index.js';
import type { FlowCell } from './flow-cells.js';
import { FLOW_SUBJECTS, enteringColumn, leavingColumn } from './flow-cells.js';
import { roundToSum } from './largest-remainder.js';
import type { BridgePart, BridgePartId } from './types.js';

const LABELS: Record<BridgePartId, string> = {
  escaped: 'thoát nghèo',
  'newly-poor': 'phát sinh mới',
  're-poor': 'tái nghèo',
  'household-number': 'số hộ dân cư',
  other: 'khác',
};

/** Households that entered and left poverty in an area, as form 2 counts them. */
export interface PoorFlows {
  escaped: number;
  newlyPoor: number;
  rePoor: number;
  /** Moved, split, died out, not decided: arrivals less departures. */
  other: number;
}

/**
 * Sums form 2 over the units of the area: escaped = columns 2 + 3, newly poor = 5 + 7 (the near-poor
 * who became poor are new among the poor), re-poor = 6, other = 8 − 4.
 */
export function poorFlows(
  cells: readonly FlowCell[],
  holds: (unitCode: string | null) => boolean,
): PoorFlows {
  const flow = FLOW_SUBJECTS[2];
  const flows: PoorFlows = { escaped: 0, newlyPoor: 0, rePoor: 0, other: 0 };
  for (const cell of cells) {
    if (cell.statusBefore === 'poor' && holds(cell.unitBefore)) {
      const column = leavingColumn(flow, cell);
      if (column === 4) flows.other -= cell.households;
      else if (column !== null) flows.escaped += cell.households;
    }
    if (cell.statusAfter === 'poor' && holds(cell.unitAfter)) {
      const column = enteringColumn(flow, cell);
      if (column === 8) flows.other += cell.households;
      else if (column === 6) flows.rePoor += cell.households;
      else if (column !== null) flows.newlyPoor += cell.households;
    }
  }
  return flows;
}

/**
 * Divides the change of the poverty rate: with P, N the poor and all households,
 * P₁/N₁ − P₀/N₀ = (P₁ − P₀)/N₀ + P₁·(1/N₁ − 1/N₀); the first term is divided among the flows, the
 * second is the change in the number of households. Rounded so that the parts sum to the change shown.
 */
export function bridgeParts(before: Rate, after: Rate, flows: PoorFlows): BridgePart[] {
  const { numerator: poorAfter, denominator: allAfter } = after;
  const { numerator: poorBefore, denominator: allBefore } = before;
  if (before.value === null || after.value === null) return [];
  if (poorAfter === null || poorBefore === null || !allAfter || !allBefore) return [];
  const points = (households: number) => (households * 10_000) / allBefore;
  // Whatever the flows do not explain is shown as "other", never lost.
  const explained = -flows.escaped + flows.newlyPoor + flows.rePoor;
  const other = poorAfter - poorBefore - explained;
  const parts: { id: BridgePartId; households: number; exact: number }[] = [
    { id: 'escaped', households: -flows.escaped, exact: points(-flows.escaped) },
    { id: 'newly-poor', households: flows.newlyPoor, exact: points(flows.newlyPoor) },
    { id: 're-poor', households: flows.rePoor, exact: points(flows.rePoor) },
    {
      id: 'household-number',
      households: allAfter - allBefore,
      exact: (poorAfter * 10_000) / allAfter - points(poorAfter),
    },
    { id: 'other', households: other, exact: points(other) },
  ];
  const total = toHundredths(after.value) - toHundredths(before.value);
  const rounded = roundToSum(
    parts.map((part) => part.exact),
    total,
  );
  return parts.map(({ id, households }, index) => {
    const hundredths = rounded[index]!;
    const label = LABELS[id];
    return { id, label, households, hundredths, value: decimalOfHundredths(hundredths) };
  });
}
