import type { Store } from '../../store/index.js';
import { cached } from '../cache.js';
import type { HouseholdCell } from '../counts.js';
import { readCounts } from '../counts.js';
import { readInstance, requireRound } from '../instance.js';
import type { Basis, Grouping } from '../types.js';
import type { Piece, StatusColumn, TableRow } from './status-table.js';
import { hiddenClasses } from './public-units.js';
import { cellId, hiddenCells, inOrderOfKeys } from './status-table.js';

export type IsGroupHidden = (key: string, column: StatusColumn) => boolean;

/**
 * What is hidden of the province's groups by one attribute. Ethnicity and "ethnic minority or not"
 * are one table, since each minority group is part of the whole of them. Area classes are made of whole
 * villages and decided with the units. The tables have nothing in common but the province itself.
 */
export async function hiddenGroups(
  store: Store,
  round: number,
  basis: Basis,
  by: Grouping,
): Promise<IsGroupHidden> {
  if (by === 'area-class') return hiddenClasses(store, round, basis);
  const isEthnic = by === 'ethnicity' || by === 'ethnic-minority';
  const grouping = isEthnic ? 'ethnicity-and-minority' : by;
  const hidden = await cached(store, `hidden groups ${round} ${basis} ${grouping}`, async () => {
    const instance = await readInstance(store);
    const { referenceDate } = requireRound(instance, round);
    const counts = await readCounts(store, {
      round,
      boundaries: referenceDate,
      referenceDate,
      basis,
      by: grouping,
      knownAt: null,
    });
    return isEthnic
      ? hiddenOf(counts.cells, (key) => {
          const [ethnicity = '', minority = ''] = key.split('/');
          return [`ethnicity ${ethnicity}`, `ethnic-minority ${minority}`];
        })
      : hiddenOf(counts.cells, (key) => [`${by} ${key}`]);
  });
  return (key, column) => hidden.has(cellId(`${by} ${key}`, column));
}

function hiddenOf(
  cells: readonly HouseholdCell[],
  rowsOf: (groupKey: string) => readonly string[],
): Set<string> {
  const pieces = new Map<string, Piece>();
  for (const { groupKey, status, households } of cells) {
    if (status === null) continue;
    const piece = pieces.get(groupKey) ?? { households: 0, poor: 0, nearPoor: 0 };
    piece.households += households;
    if (status === 'poor') piece.poor += households;
    if (status === 'near_poor') piece.nearPoor += households;
    pieces.set(groupKey, piece);
  }
  const ordered = inOrderOfKeys(pieces);
  const rows = new Map<string, number[]>();
  ordered.forEach(([key], index) => {
    for (const row of rowsOf(key)) rows.set(row, [...(rows.get(row) ?? []), index]);
  });
  const groups = [...rows].map(([id, indexes]): TableRow => {
    return { id, pieces: indexes, isTotal: false };
  });
  const everything = ordered.map((_, index) => index);
  return hiddenCells(
    ordered.map(([, piece]) => piece),
    [...groups, { id: 'all', pieces: everything, isTotal: true }],
  );
}
