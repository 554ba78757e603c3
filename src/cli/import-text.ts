import { POVERTY_STATUS_LABEL, formatDate, formatInteger, today } from '../kernel/index.js';
import type {
  ImportResult,
  ImportSummary,
  RowCounts,
  SheetCounts,
  UnresolvedSheet,
} from '../review/index.js';

const STATE_LABEL = { previewed: 'xem trước', committed: 'đã ghi', voided: 'đã hủy' } as const;
const n = formatInteger;

/** What an import did, for a person at a terminal: the sum that closes, then what needs a person. */
export function importText(result: ImportResult): string {
  return [
    headline(result),
    rowSum(result),
    statusSum(result),
    changes(result),
    ...needs(result),
    ...result.sheets.flatMap(unread),
    ...result.unresolvedSheets.map(unresolved),
    ...result.skippedSheets
      .filter((sheet) => sheet.reason === 'no-table')
      .map((sheet) => `Bỏ qua trang "${sheet.sheet}": không có bảng (${n(sheet.rows)} dòng).`),
  ].join('\n');
}

function headline({ alreadyImported, state, fileName, round, importId }: ImportResult): string {
  const what = alreadyImported
    ? 'Tệp này đã được nhập trước đây, không ghi lại'
    : state === 'previewed'
      ? 'Xem trước, chưa ghi gì'
      : 'Đã ghi vào sổ';
  return `${what}: ${fileName}, đợt ${round} (${importId})`;
}

/** "557 dòng = 5 tiêu đề lặp + 137 trùng + 415 hộ". */
export function rowSum(counts: RowCounts): string {
  return (
    `${n(counts.rowsRead)} dòng = ${n(counts.repeatedHeaders)} tiêu đề lặp + ` +
    `${n(counts.exactDuplicates)} trùng + ${n(counts.distinctHouseholds)} hộ`
  );
}

function statusSum({ distinctHouseholds, byStatus, needsReview }: RowCounts): string {
  const classes = (['poor', 'near_poor', 'not_poor', 'not_computable'] as const).map(
    (status) => `${n(byStatus[status])} ${POVERTY_STATUS_LABEL[status]}`,
  );
  return `${n(distinctHouseholds)} hộ = ${classes.join(' + ')} + ${n(needsReview)} cần xem lại`;
}

function changes({ changes: { created, updated, unchanged, conflicting } }: RowCounts): string {
  return (
    `Thay đổi: ${n(created)} hộ thêm vào đợt, ${n(updated)} hộ sửa, ${n(unchanged)} hộ giữ nguyên, ` +
    `${n(conflicting)} hộ mâu thuẫn với kết quả đã công nhận`
  );
}

function needs(counts: RowCounts): string[] {
  const lines = [
    [counts.needsReview, 'dòng có số liệu không hợp lệ, chưa ghi'],
    [counts.byStatus.not_computable, 'hộ chưa đủ dữ liệu để phân loại'],
    [counts.classDisagreements, 'hộ có phân loại trong tệp khác kết quả tính lại'],
    [counts.possibleSameHousehold, 'dòng trùng mã và tên với dòng khác'],
  ] as const;
  const open = lines.filter(([count]) => count > 0).map(([count, what]) => `  ${n(count)} ${what}`);
  return open.length > 0 ? ['Nội dung cần rà soát:', ...open] : [];
}

/** Columns the form does not know: somebody typed them, and the book will not hold them. */
function unread({ sheet, unreadColumns }: SheetCounts): string[] {
  if (unreadColumns.length === 0) return [];
  const columns = unreadColumns.map(({ title, rows }) => `"${title}" (${n(rows)} dòng)`);
  return [`Trang "${sheet}": không đọc cột ${columns.join(', ')}; giá trị chỉ giữ ở dòng gốc.`];
}

function unresolved({ what, candidates }: UnresolvedSheet): string {
  const named = candidates.map(({ code, name, within }) =>
    within === null ? `${name} (${code})` : `${name}, ${within} (${code})`,
  );
  const choice = named.length > 0 ? ` Có thể là: ${named.join('; ')}.` : '';
  return `Chưa ghi: ${what}${choice} Chỉ rõ bằng --sheet "TÊN_TRANG=MÃ_XÃ".`;
}

/** One line of `import list`. */
export function importLine(summary: ImportSummary): string {
  const { importId, createdAt, round, state, fileName, distinctHouseholds } = summary;
  const day = formatDate(today({ now: () => createdAt }));
  return `${importId}  ${day}  ${round}  ${STATE_LABEL[state]}  ${n(distinctHouseholds)} hộ  ${fileName}`;
}
