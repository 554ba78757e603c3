import { POVERTY_STATUS_LABEL } from '../../../kernel/index.js';
import type { PovertyStatus } from '../../../kernel/index.js';
import type { ImportRow, ImportRowGroup, ImportSummary } from '../../../review/index.js';
import { REASON_FIELDS, REASON_SENTENCES, writtenCounts } from '../../../review/index.js';
import { instantText } from '../../instant.js';
import type { ImportLine } from './import-list-page.js';
import type { ImportPageData } from './import-page.js';
import type { ReasonGroup, ReviewRow, RowCell } from './review-rows.js';
import type { UnreadColumnLine } from './unread-columns.js';

type Data = Omit<ImportPageData, 'commandIds' | 'isRepeated' | 'groups' | 'units' | 'shown'>;

/** What the page of an import shows beside its rows. */
export function importPageData(summary: ImportSummary): Data {
  const outside = new Set(
    summary.unresolvedSheets
      .filter(({ reason }) => reason === 'out-of-scope')
      .map(({ sheet }) => sheet),
  );
  const written = writtenCounts(summary);
  return {
    id: summary.importId,
    fileName: summary.fileName,
    round: summary.round,
    state: summary.state,
    when: whenText(summary),
    counts: summary,
    written,
    isPartial: written.sheets.length < summary.sheets.length,
    sheets: summary.sheets.map((sheet) => ({
      sheet: sheet.sheet,
      unitName: sheet.unitName ?? (outside.has(sheet.sheet) ? 'ngoài địa bàn' : null),
      rowsRead: sheet.rowsRead,
      households: sheet.distinctHouseholds,
      needsReview: sheet.needsReview,
    })),
    unresolved: summary.unresolvedSheets.map(({ sheet, what, reason, candidates }) => ({
      ...{ sheet, what },
      isAssignable: reason !== 'out-of-scope',
      candidates: candidates.map(({ name, within, code }) => ({
        value: code,
        label: within ? `${name} (${within})` : name,
      })),
    })),
    unreadColumns: unreadColumns(summary.sheets),
    skipped: summary.skippedSheets
      .filter(({ reason }) => reason === 'no-table')
      .map(({ sheet }) => sheet),
    voidReason: summary.voidReason,
  };
}

/** The same title in several sheets is one column of the file. */
export function unreadColumns(sheets: ImportSummary['sheets']): UnreadColumnLine[] {
  const lines = new Map<string, UnreadColumnLine>();
  for (const { sheet, unreadColumns: columns } of sheets) {
    for (const { title, rows } of columns) {
      const line = lines.get(title) ?? { title, sheets: [], rows: 0 };
      lines.set(title, { title, sheets: [...line.sheets, sheet], rows: line.rows + rows });
    }
  }
  return [...lines.values()];
}

function whenText(summary: ImportSummary): string {
  if (summary.voidedAt) return `hủy lúc ${instantText(summary.voidedAt)}`;
  if (summary.committedAt) return `ghi lúc ${instantText(summary.committedAt)}`;
  return `đọc lúc ${instantText(summary.createdAt)}`;
}

/** Rows under their first reason; the others stand beside each row. */
export function reasonGroup(group: ImportRowGroup, state: ImportSummary['state']): ReasonGroup {
  const sheets = new Map<string, ReviewRow[]>();
  for (const row of group.rows) {
    sheets.set(row.sheet, [...(sheets.get(row.sheet) ?? []), reviewRow(row, state)]);
  }
  return {
    code: group.reason,
    sentence: sentenceOf(group.reason),
    total: group.total,
    shown: group.rows.length,
    sheets: [...sheets].map(([sheet, rows]) => ({ sheet, rows })),
  };
}

const sentenceOf = (reason: string): string => REASON_SENTENCES[reason] ?? reason;

function reviewRow(row: ImportRow, state: ImportSummary['state']): ReviewRow {
  // A household that only this import makes is in the book while the import stands.
  const isInBook = state === 'committed' || row.outcome !== 'created';
  const marked = new Set(row.reasons.map((reason) => REASON_FIELDS[reason]));
  const cell = (field: keyof ImportRow['cells']): RowCell => ({
    text: row.cells[field] ?? '',
    isMarked: marked.has(field),
  });
  return {
    number: row.rowNumber,
    householdId: isInBook ? row.householdId : null,
    headName: cell('head_name'),
    fieldCode: cell('field_code'),
    members: cell('members'),
    b1: cell('b1'),
    b2: cell('b2'),
    fieldClass: cell('field_status'),
    computed: row.proposedStatus ? label(row.proposedStatus) : 'chưa tính',
    isOpen: row.reasons.some((reason) => isBeyondTable(REASON_FIELDS[reason])),
    otherReasons: row.reasons.slice(1).map(sentenceOf),
    raw: Object.entries(row.raw).map(([title, value]) => ({
      title,
      text: value === null ? '' : String(value),
    })),
  };
}

const SHOWN = new Set(['head_name', 'field_code', 'members', 'b1', 'b2', 'field_status']);

/** A cell that only the whole raw row shows, such as the date of the review. */
const isBeyondTable = (field: string | undefined): boolean =>
  field !== undefined && !SHOWN.has(field);

const label = (status: PovertyStatus): string => POVERTY_STATUS_LABEL[status];

/** One line of the list of imports. */
export const importLine = (summary: ImportSummary): ImportLine => ({
  id: summary.importId,
  fileName: summary.fileName,
  round: summary.round,
  state: summary.state,
  households: summary.changes.created + summary.changes.updated,
  on: instantText(summary.voidedAt ?? summary.committedAt ?? summary.createdAt),
});
