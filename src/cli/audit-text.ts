import type { Break, VerifyReport } from '../audit/index.js';
import { formatDate, formatInteger } from '../kernel/index.js';

/** What `audit verify` found, for a person. */
export function verifyText(report: VerifyReport): string {
  const { ok, entries, streams, redacted, checkpoints, notYetSigned, keys } = report;
  const n = formatInteger;
  return [
    ok ? 'Nhật ký nguyên vẹn.' : 'NHẬT KÝ ĐÃ BỊ THAY ĐỔI.',
    ...(report.first ? [`Chỗ đầu tiên: ${breakText(report.first)}`] : []),
    ...report.broken.slice(1).map((one) => `  ${breakText(one)}`),
    '',
    `Đã cộng lại ${n(entries)} mục trong ${n(streams)} chuỗi (${n(report.entriesPerSecond)} mục/giây).`,
    `Đã kiểm ${n(checkpoints)} mốc ký bằng ${n(keys)} khóa; ${n(notYetSigned)} mục mới chưa có mốc.`,
    ...(redacted > 0 ? [`${n(redacted)} mục đã che nội dung theo quyết định.`] : []),
    ...report.keysOnTheirOwn.map((key) => `Khóa ${key} không có khóa trước nó xác nhận.`),
    ...report.anchors.map(
      ({ date, number, ok: isSame }) =>
        `Mốc ngày ${formatDate(date)} (số ${n(number)}): ${isSame ? 'khớp' : 'KHÔNG KHỚP'}.`,
    ),
    ...(report.anchors.length === 0
      ? ['Chưa đối chiếu với mốc nào giữ ở nơi khác (--anchor TỆP).']
      : []),
  ].join('\n');
}

function breakText({ what, stream, seq, entryId, action }: Break): string {
  const where = [
    ...(stream === null ? [] : [`chuỗi ${stream}`]),
    ...(seq === null ? [] : [`mục số ${formatInteger(seq)}`]),
    ...(entryId === null ? [] : [`mã ${entryId}`]),
    ...(action === null ? [] : [action]),
  ].join(', ');
  return where === '' ? what : `${what} (${where})`;
}
