import type { EntryLine, Names } from '../../../audit/index.js';
import { changesIn, sentenceOf } from '../../../audit/index.js';
import { POVERTY_STATUS_LABEL, formatDate } from '../../../kernel/index.js';
import type { HouseholdRoundView, HouseholdView } from '../../../registry/index.js';
import { isReading } from '../../../store/index.js';
import { instantText } from '../../instant.js';
import { decisionText, eventText } from './household-labels.js';
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

type DatedLine = HistoryLine & { at: Date };

const plain = (when: string, sentence: string): HistoryLine => {
  return { when, sentence, changes: [], base: null, isReading: false };
};

/**
 * Acts in the log and rows that ended without an act that tells of it, newest first, each with what it
 * replaced field by field; then events of life, and statuses from before the system.
 */
export function householdHistory(
  view: HouseholdView,
  acts: readonly EntryLine[],
  names: Names,
): HistoryLine[] {
  const steps = stepsOf(view.rounds);
  const told = new Set<string>();
  const lines = acts.map((act): DatedLine => {
    const own = steps.find(({ after }) => !told.has(after.rowId) && isFrom(after, act));
    if (own) told.add(own.after.rowId);
    return {
      at: act.at,
      when: instantText(act.at),
      sentence: sentenceOf(act, names),
      changes: own ? rowChanges(own.before, own.after) : changesIn(act.payload),
      base: own ? baseOf(own.before) : act.baseVersion,
      isReading: isReading(act.action),
    };
  });
  const untold = steps
    .filter(({ before, after }) => before.state === 'replaced' && !told.has(after.rowId))
    .map(({ before, after }): DatedLine => ({
      at: after.recordedAt,
      ...plain(instantText(after.recordedAt), replacedText(before, after)),
      changes: rowChanges(before, after),
      base: baseOf(before),
    }));
  const dated = [...lines, ...untold, ...voided(view)];
  dated.sort((a, b) => b.at.getTime() - a.at.getTime());
  return [...dated, ...lifeOf(view)];
}

const baseOf = (row: HouseholdRoundView): string => `bản ghi lúc ${instantText(row.recordedAt)}`;

/** A row and the one of its round that was recorded next. */
interface Step {
  before: HouseholdRoundView;
  after: HouseholdRoundView;
}

function stepsOf(rows: readonly HouseholdRoundView[]): Step[] {
  const inOrder = [...rows].sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime());
  return inOrder.flatMap((before, index) => {
    const after = inOrder.slice(index + 1).find((row) => row.round === before.round);
    return after && before.state !== 'current' ? [{ before, after }] : [];
  });
}

/** Acts that write a row; all they write bears their instant. A copy keeps the import it began with. */
const WRITES = new Set(['import.commit', 'import.void', 'list.decide']);

function isFrom(row: HouseholdRoundView, act: EntryLine): boolean {
  if (!WRITES.has(act.action) || row.recordedAt.getTime() !== act.at.getTime()) return false;
  return act.action !== 'import.commit' || row.importId === act.subjectId;
}

/** For a reader who may not see the act itself. */
function replacedText(before: HouseholdRoundView, after: HouseholdRoundView): string {
  const decision = decisionText(after.decision);
  const isDecided = decision !== null && decision !== decisionText(before.decision);
  return isDecided
    ? `Kết quả đợt ${after.round} được công nhận: ${decision}.`
    : `Số liệu đợt ${after.round} được thay.`;
}

const voided = (view: HouseholdView): DatedLine[] =>
  view.rounds
    .filter((row) => row.state === 'voided')
    .map((row) => ({
      at: row.recordedAt,
      ...plain(
        instantText(row.recordedAt),
        `Số liệu đợt ${row.round} ghi lúc này đã bị hủy và không còn được tính.`,
      ),
    }));

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
