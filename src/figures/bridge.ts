import type { PlainDate } from '../kernel/index.js';
import { changeInPoints } from '../kernel/index.js';
import type { Store } from '../store/index.js';
import { statusOf } from './basis.js';
import { bridgeParts, poorFlows } from './bridge-parts.js';
import { readFlows } from './counts.js';
import { figure, rateOf } from './figure.js';
import type { FlowCell } from './flow-cells.js';
import { readInstance, requireRound, roundOf } from './instance.js';
import type { RoundView } from './round-view.js';
import { viewRound } from './round-view.js';
import type { Bridge } from './types.js';

export interface BridgeQuery {
  from: number;
  to: number;
  area: string;
}

/**
 * Why the poverty rate of an area changed between two rounds, from the households themselves, in the
 * boundaries of the later round. "Re-poor" = recognised poor before the first of the two rounds.
 * Across two standards, or with units missing, the change is `null` with the reason and has no parts.
 */
export async function bridge(store: Store, { from, to, area }: BridgeQuery): Promise<Bridge> {
  const boundaries = requireRound(await readInstance(store), to).referenceDate;
  const view = (round: number) => viewRound(store, { round, area, boundaries });
  const [before, after] = await Promise.all([view(from), view(to)]);
  const isBroken = before.round.standardId !== after.round.standardId;
  const missing = [...before.missing, ...after.missing];
  const rate = async (round: number) =>
    rateOf(await figure(store, { code: 'poverty-rate', area, boundaries, round }));
  // The flows take longest to count: they are asked for first.
  const [flows, rateBefore, rateAfter] = await Promise.all([
    isBroken || missing.length > 0 ? null : flowsBetween(store, before, after),
    rate(from),
    rate(to),
  ]);
  const base = {
    from,
    to,
    area,
    areaName: after.area.unit.name,
    boundaries,
    standard: after.round.standardId,
    status: before.basis === 'recognised' ? statusOf(after.basis) : ('provisional' as const),
    synthetic: before.synthetic || after.synthetic,
    before: rateBefore,
    after: rateAfter,
  };
  const unit = 'percentage_point' as const;
  const nothing = { value: null, unit, numerator: null, denominator: null };
  if (isBroken) {
    const reason = `Hai đợt theo hai chuẩn (${before.round.standardId}, ${after.round.standardId}): không trừ được.`;
    return { ...base, change: nothing, parts: [], reason };
  }
  if (!flows) return { ...base, change: nothing, parts: [], reason: missing.join(' ') };
  return {
    ...base,
    change: changeInPoints(rateBefore, rateAfter),
    parts: bridgeParts(rateBefore, rateAfter, poorFlows(flows, after.area.holds)),
  };
}

const flowsBetween = (store: Store, before: RoundView, after: RoundView) =>
  readFlows(store, {
    from: before.round.round,
    to: after.round.round,
    basisFrom: before.basis,
    basisTo: after.basis,
    boundaries: after.area.date,
  });

/** The flows behind a bridge or form; `null` when there is no earlier round of the same standard. */
export async function bridgeFlows(
  store: Store,
  query: BridgeQuery & { boundaries: PlainDate },
): Promise<readonly FlowCell[] | null> {
  const { from, to, area, boundaries } = query;
  if (!roundOf(await readInstance(store), from)) return null;
  const before = await viewRound(store, { round: from, area, boundaries });
  const after = await viewRound(store, { round: to, area, boundaries });
  if (before.round.standardId !== after.round.standardId) return null;
  return flowsBetween(store, before, after);
}
