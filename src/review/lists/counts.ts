import { POVERTY_STATUSES } from '../../kernel/index.js';
import type { Tx } from '../../store/index.js';
import type { ClassCount, RowsOf } from './snapshot.js';
import { classCounts } from './snapshot.js';
import type { ListCounts, ListFlows, StatusCounts } from './types.js';

interface Against {
  listId: string;
  snapshotNo: number;
  standardId: string;
  last: { round: number; standardId: string } | null;
}

/** The counts that a snapshot keeps. */
export async function countsOf(tx: Tx, rows: RowsOf, list: Against): Promise<ListCounts> {
  const { last, standardId } = list;
  const lines = await classCounts(tx, rows, { ...list, lastRound: last?.round ?? null });
  return summarise(lines, last, last?.standardId === standardId);
}

const nothing = (): StatusCounts =>
  Object.fromEntries(POVERTY_STATUSES.map((status) => [status, 0])) as StatusCounts;

/** Pure. Without a comparable round before there are no ways between classes, not zero of them. */
export function summarise(
  lines: readonly ClassCount[],
  last: { round: number; standardId: string } | null,
  isComparable: boolean,
): ListCounts {
  const now = nothing();
  const before = nothing();
  let notRecognised = 0;
  for (const line of lines) {
    if (!line.isGone) now[line.now ?? 'not_computable'] += line.households;
    if (line.before !== null && (line.wasThere || line.isGone))
      before[line.before] += line.households;
    if (line.before === null && line.wasThere) notRecognised += line.households;
  }
  const hasLast = last !== null && Object.values(before).some((n) => n > 0);
  const known = hasLast || notRecognised > 0;
  return {
    now,
    last: known && last ? { ...last, counts: before, notRecognised } : null,
    flows: hasLast && isComparable ? flowsOf(lines) : null,
  };
}

function flowsOf(lines: readonly ClassCount[]): ListFlows {
  const sum = (which: (line: ClassCount) => boolean) =>
    lines.filter(which).reduce((total, line) => total + line.households, 0);
  const isLeaving = (line: ClassCount) => !line.isGone && line.now !== null;
  const isAbove = ({ now }: ClassCount) => now === 'not_poor' || now === 'average_living';
  return {
    escapedPoverty: sum(
      (line) =>
        isLeaving(line) && line.before === 'poor' && (isAbove(line) || line.now === 'near_poor'),
    ),
    escapedNearPoverty: sum(
      (line) => isLeaving(line) && line.before === 'near_poor' && isAbove(line),
    ),
    newlyPoor: sum((line) => line.now === 'poor' && line.before !== 'poor'),
    newlyNearPoor: sum((line) => line.now === 'near_poor' && line.before !== 'near_poor'),
    gone: sum((line) => line.isGone),
    fresh: sum((line) => !line.isGone && line.before === null && !line.wasThere),
  };
}
