import { POVERTY_STATUS_LABEL } from '../../../kernel/index.js';
import type { PovertyStatus } from '../../../kernel/index.js';
import type { ImportRow, ImportRowPage, ImportSummary } from '../../../review/index.js';
import { REASON_SENTENCES } from '../../../review/index.js';
import { instantText } from '../../instant.js';
import type { ImportLine } from './import-list-page.js';
import type { ImportPageData, ReasonGroup, ReviewRow } from './import-page.js';

type Data = Omit<ImportPageData, 'commandIds' | 'isRepeated'>;

/** What the page of an import shows. */
export function importPageData(summary: ImportSummary, found: ImportRowPage): Data {
  return {
    id: summary.importId,
    fileName: summary.fileName,
    round: summary.round,
    state: summary.state,
    when: whenText(summary),
    counts: summary,
    sheets: summary.sheets.map((sheet) => ({
      sheet: sheet.sheet,
      unitName: sheet.unitName,
      rowsRead: sheet.rowsRead,
      households: sheet.distinctHouseholds,
      needsReview: sheet.needsReview,
    })),
    unresolved: summary.unresolvedSheets.map((sheet) => ({
      sheet: sheet.sheet,
      what: sheet.what,
      candidates: sheet.candidates.map(({ name, within, code }) =>
        within ? `${name} (${within}), mã ${code}` : `${name}, mã ${code}`,
      ),
    })),
    groups: groupsOf(found),
    page: found.page,
    pageCount: Math.max(1, Math.ceil(found.total / found.pageSize)),
    voidReason: summary.voidReason,
  };
}

function whenText(summary: ImportSummary): string {
  if (summary.voidedAt) return `hủy lúc ${instantText(summary.voidedAt)}`;
  if (summary.committedAt) return `ghi lúc ${instantText(summary.committedAt)}`;
  return `đọc lúc ${instantText(summary.createdAt)}`;
}

/** A row with several reasons stands under its first one, with the others in its reading. */
function groupsOf(found: ImportRowPage): ReasonGroup[] {
  const groups = new Map<string, ReviewRow[]>();
  for (const row of found.rows) {
    const reason = row.reasons[0] ?? row.outcome;
    groups.set(reason, [...(groups.get(reason) ?? []), reviewRow(row)]);
  }
  return [...groups].map(([reason, rows]) => ({
    reason: sentenceOf(reason),
    total: found.byReason[reason] ?? rows.length,
    rows,
  }));
}

const sentenceOf = (reason: string): string => REASON_SENTENCES[reason] ?? reason;

function reviewRow(row: ImportRow): ReviewRow {
  const more = row.reasons.slice(1).map(sentenceOf);
  const classes = [
    ...(row.fieldStatus ? [`tệp: ${label(row.fieldStatus)}`] : []),
    ...(row.proposedStatus ? [`tính lại: ${label(row.proposedStatus)}`] : []),
  ];
  return {
    sheet: row.sheet,
    rowNumber: row.rowNumber,
    raw: Object.entries(row.raw).map(([title, value]) => ({
      title,
      text: value === null ? '' : String(value),
    })),
    reading: [...classes, ...more].join('; ') || 'không đọc được',
    householdId: row.householdId,
  };
}

const label = (status: PovertyStatus): string => POVERTY_STATUS_LABEL[status];

/** One line of the list of imports. */
export const importLine = (summary: ImportSummary): ImportLine => ({
  id: summary.importId,
  fileName: summary.fileName,
  round: summary.round,
  state: summary.state,
  households: summary.distinctHouseholds,
  on: instantText(summary.voidedAt ?? summary.committedAt ?? summary.createdAt),
});
