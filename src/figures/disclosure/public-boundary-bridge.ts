import type { Store } from '../../store/index.js';
import type { BoundaryBridgeQuery } from '../boundary-bridge.js';
import { boundaryBridge } from '../boundary-bridge.js';
import { readInstance } from '../instance.js';
import type { Basis, BoundaryBridge, BoundaryBridgeCounts } from '../types.js';
import { besideCount } from './publishable.js';
import { boundaryBridgeQuestion } from './questions.js';
import { hiddenParts, hiddenUnits } from './public-units.js';
import type { StatusColumn } from './status-table.js';

const COLUMNS = { households: 'households', poor: 'poor', nearPoor: 'near-poor' } as const;
const KEYS = ['households', 'poor', 'nearPoor'] as const;

/**
 * The bridge between boundaries as the public may see it: its parts are decided together with the
 * units in every set of boundaries, so that no difference of them gives a hidden count back.
 */
export async function publicBoundaryBridge(
  store: Store,
  query: BoundaryBridgeQuery,
): Promise<BoundaryBridge> {
  const instance = await readInstance(store);
  const { round, area, asked, day } = boundaryBridgeQuestion(instance, query);
  const whole = await boundaryBridge(store, { round, area, boundaries: day });
  const basis: Basis = whole.status === 'recognised' ? 'recognised' : 'proposed';
  const unit = await hiddenUnits(store, whole.round, basis);
  const part = await hiddenParts(store, whole.round, basis);
  return {
    ...whole,
    is: asked,
    lines: whole.lines.map((line) => ({
      ...line,
      ...shown(line, (column) =>
        part(line.was?.code ?? null, line.is?.code ?? null, whole.is, column),
      ),
    })),
    total: shown(whole.total, (column) => unit(whole.area, whole.is, column)),
    pending: besideCount(whole.pending, area === instance.provinceCode),
  };
}

function shown(
  { places, households, poor, nearPoor }: BoundaryBridgeCounts,
  isHidden: (column: StatusColumn) => boolean,
): BoundaryBridgeCounts {
  const counts = { places, households, poor, nearPoor };
  const suppressed = KEYS.filter((key) => counts[key] !== null && isHidden(COLUMNS[key]));
  if (suppressed.length === 0) return counts;
  for (const key of suppressed) counts[key] = null;
  return { ...counts, suppressed };
}
