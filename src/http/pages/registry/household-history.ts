import type { EntryLine, Names } from '../../../audit/index.js';
import { changesIn, sentenceOf } from '../../../audit/index.js';
import { POVERTY_STATUS_LABEL, formatDate } from '../../../kernel/index.js';
import type { HouseholdRoundView, HouseholdView } from '../../../registry/index.js';
import { isReading } from '../../../store/index.js';
import { instantText } from '../../instant.js';
import { eventText } from './household-labels.js';
import type { ShownChange } from './row-changes.js';
import { rowChanges } from './row-changes.js';

/** One thing that happened to a household or was done with its record. */
export interface HistoryLine {
  when: string;
  sentence: string;
  changes: readonly ShownChange[];
  /** "bản ghi lúc 09:30 23/11/2025", which the changes replaced. */
  base: string | null;
  isReading: boolean;
}

const plain = (when: string, sentence: string): HistoryLine => {
  return { when, sentence, changes: [], base: null, isReading: false };
};

/**
 * Acts in the log, newest first, each with what it replaced field by field; then rows that ended
 * without an act that tells of it, events of life, and statuses from before the system.
 */
export function householdHistory(
  view: HouseholdView,
  acts: readonly EntryLine[],
  names: Names,
): HistoryLine[] {
  const replaced = replacements(view.rounds);
  const told = new Set<string>();
  const lines = acts.map((act): HistoryLine => {
    const own = replaced.find(
      ({ after }) => act.action === 'import.commit' && after.importId === act.subjectId,
    );
    const isFirst = own && !told.has(own.after.rowId);
    if (isFirst) told.add(own.after.rowId);
    return {
      when: instantText(act.at),
      sentence: sentenceOf(act, names),
      changes: isFirst ? rowChanges(own.before, own.after) : changesIn(act.payload),
      base: isFirst ? baseOf(own.before) : act.baseVersion,
      isReading: isReading(act.action),
    };
  });
  const untold = replaced
    .filter(({ after }) => !told.has(after.rowId))
    .map(({ before, after }): HistoryLine => ({
      ...plain(instantText(after.recordedAt), `Số liệu đợt ${after.round} được thay.`),
      changes: rowChanges(before, after),
      base: baseOf(before),
    }));
  return [...lines, ...untold, ...voided(view), ...lifeOf(view)];
}

const baseOf = (row: HouseholdRoundView): string => `bản ghi lúc ${instantText(row.recordedAt)}`;

/** Rows of a round in the order in which they took each other's place. */
function replacements(
  rows: readonly HouseholdRoundView[],
): { before: HouseholdRoundView; after: HouseholdRoundView }[] {
  return rows.flatMap((before) => {
    if (before.state !== 'replaced') return [];
    const later = rows
      .filter((row) => row.round === before.round && row.recordedAt > before.recordedAt)
      .sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime());
    return later[0] ? [{ before, after: later[0] }] : [];
  });
}

const voided = (view: HouseholdView): HistoryLine[] =>
  view.rounds
    .filter((row) => row.state === 'voided')
    .map((row) =>
      plain(
        instantText(row.recordedAt),
        `Số liệu đợt ${row.round} ghi lúc này đã bị hủy và không còn được tính.`,
      ),
    );

function lifeOf(view: HouseholdView): HistoryLine[] {
  const events = view.events.map((event) =>
    plain(
      event.happenedOn ? formatDate(event.happenedOn) : `Đợt ${event.round}`,
      eventText(event.kind),
    ),
  );
  const earlier = view.earlierStatuses.map((status) =>
    plain(
      `Năm ${status.round}`,
      `Trước khi vào hệ thống: ${POVERTY_STATUS_LABEL[status.status]} (${status.source}).`,
    ),
  );
  return [...events, ...earlier];
}
