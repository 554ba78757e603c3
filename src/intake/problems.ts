import { Problem, formatInteger } from '../kernel/index.js';

const SAVE_AS = 'Mở tệp bằng Excel hoặc LibreOffice, chọn "Lưu dưới dạng" .xlsx, rồi nộp lại.';

const refused = (code: string, what: string, why?: string, todo = SAVE_AS): Problem =>
  new Problem('refused', { code, what, todo, ...(why && { why }) });

/** Every way in which a file is refused, with its sentence. */
export const fileProblems = {
  missing: (name: string) =>
    new Problem('not-found', {
      code: 'file-missing',
      what: `Không mở được tệp "${name}".`,
      why: 'Tệp không tồn tại hoặc không có quyền đọc.',
      todo: 'Kiểm tra lại đường dẫn và quyền đọc tệp.',
    }),
  empty: () => refused('file-empty', 'Tệp không có nội dung.', undefined, 'Xuất lại tệp.'),
  tooLarge: (limitBytes: number) =>
    refused(
      'file-too-large',
      `Tệp lớn hơn ${formatInteger(limitBytes / 1024 / 1024)} MB.`,
      undefined,
      'Chia tệp theo xã rồi nộp từng phần.',
    ),
  wrongExtension: (name: string, really: string, ending: string) =>
    refused(
      'file-wrong-extension',
      `Tên tệp "${name}" không đúng với nội dung.`,
      `Nội dung là ${really}.`,
      `Đổi đuôi tệp thành ${ending}, hoặc xuất lại tệp.`,
    ),
  oldExcel: () =>
    refused('file-old-excel', 'Tệp là sổ Excel kiểu cũ (.xls).', 'Định dạng này không đọc được.'),
  encrypted: () =>
    refused(
      'file-encrypted',
      'Tệp được đặt mật khẩu nên không đọc được.',
      undefined,
      'Mở tệp, bỏ mật khẩu (Thông tin → Bảo vệ sổ làm việc), lưu lại rồi nộp.',
    ),
  html: () => refused('file-is-html', 'Tệp là trang web (HTML) được lưu với tên bảng tính.'),
  notATable: (really: string) =>
    refused('file-not-a-table', 'Tệp không phải bảng tính.', `Nội dung là ${really}.`),
  encoding: () =>
    refused(
      'text-encoding',
      'Không đọc được chữ trong tệp văn bản.',
      'Tệp không ở bảng mã Unicode (UTF-8 hoặc UTF-16); có thể là bảng mã TCVN3, VNI cũ.',
      'Mở tệp bằng Excel, chọn "Lưu dưới dạng" CSV UTF-8, rồi nộp lại.',
    ),
  /** @param cause what the reader said, for whoever looks into the file; never shown */
  brokenZip: (why: string, cause?: unknown) =>
    new Problem(
      'refused',
      {
        code: 'file-broken',
        what: 'Tệp bị hỏng hoặc bị sửa khác thường.',
        why,
        todo: 'Xuất lại tệp rồi nộp.',
      },
      cause,
    ),
  bomb: (why: string) =>
    refused('file-bomb', 'Tệp nén giãn ra quá lớn nên không mở.', why, 'Xuất lại tệp từ nguồn.'),
  textBomb: (sheet: string, row: number, limit: number) =>
    refused(
      'file-bomb',
      `Nội dung các ô dài hơn ${formatInteger(limit)} ký tự, quá nhiều so với độ lớn của tệp.`,
      `Vượt mức ở trang "${sheet}", dòng ${row}: cùng một đoạn chữ dài lặp lại ở nhiều ô.`,
      'Xóa đoạn chữ lặp lại, hoặc xuất lại tệp từ nguồn.',
    ),
  macros: () =>
    refused(
      'file-has-macros',
      'Sổ có chứa macro (chương trình nhúng) nên không nhận.',
      undefined,
      'Lưu lại dưới dạng .xlsx (không macro) rồi nộp.',
    ),
  externalLinks: () =>
    refused(
      'file-has-external-links',
      'Sổ có liên kết đến tệp hoặc nguồn dữ liệu bên ngoài nên không nhận.',
      'Giá trị lấy từ bên ngoài không kiểm tra được.',
      'Ngắt liên kết (Dữ liệu → Sửa liên kết → Ngắt), lưu lại rồi nộp.',
    ),
  doctype: () =>
    refused('file-has-doctype', 'Tệp chứa khai báo DOCTYPE, không có trong sổ Excel thật.'),
  tooManyColumns: (sheet: string, limit: number) =>
    refused(
      'too-many-columns',
      `Trang "${sheet}" có quá ${formatInteger(limit)} cột có dữ liệu.`,
      undefined,
      'Xóa các cột thừa ở bên phải bảng rồi nộp lại.',
    ),
  tooManyRows: (sheet: string, limit: number) =>
    refused(
      'too-many-rows',
      `Trang "${sheet}" có quá ${formatInteger(limit)} dòng.`,
      undefined,
      'Chia bảng thành nhiều tệp rồi nộp từng phần.',
    ),
  tooManyCells: (limit: number) =>
    refused(
      'too-many-cells',
      `Tệp có quá ${formatInteger(limit)} ô có dữ liệu.`,
      undefined,
      'Chia bảng thành nhiều tệp rồi nộp từng phần.',
    ),
  tooManySheets: (limit: number) =>
    refused('too-many-sheets', `Sổ có quá ${formatInteger(limit)} trang.`, undefined, 'Chia sổ.'),
  sheetNameTooLong: (position: number, limit: number) =>
    refused(
      'sheet-name-too-long',
      `Tên của trang thứ ${position} dài hơn ${formatInteger(limit)} ký tự.`,
      undefined,
      'Đặt tên trang là tên xã, phường rồi nộp lại.',
    ),
  sheetNameTwice: (sheet: string) =>
    refused(
      'sheet-name-twice',
      `Tệp có hai trang cùng tên "${sheet}".`,
      'Mỗi dòng được ghi theo tên trang và số dòng nên tên trang không được trùng.',
      'Đổi tên một trong hai trang, hoặc gộp hai bảng vào một trang, rồi nộp lại.',
    ),
  cellTooLong: (sheet: string, row: number) =>
    refused(
      'cell-too-long',
      `Trang "${sheet}", dòng ${row}: một ô có quá nhiều chữ.`,
      'Thường do thiếu dấu nháy kép đóng trong tệp CSV.',
      'Sửa dòng này rồi nộp lại.',
    ),
  rowTooLong: (sheet: string, row: number, limit: number) =>
    refused(
      'row-too-long',
      `Trang "${sheet}", dòng ${row} dài hơn ${formatInteger(limit)} ký tự.`,
      'Không phiếu rà soát nào có dòng dài như vậy; thường do dán nhầm cả văn bản vào nhiều ô.',
      'Xóa nội dung thừa ở dòng này rồi nộp lại.',
    ),
  noTable: () =>
    refused(
      'no-table',
      'Không tìm thấy bảng trong tệp.',
      'Không có dòng tiêu đề nào khớp với biểu đã chọn.',
      'Kiểm tra dòng tiêu đề: phải có tên chủ hộ, mã hộ, điểm B1, B2, phân loại.',
    ),
  unreadableRows: (sheet: string, limit: number) =>
    refused(
      'too-many-unreadable-rows',
      `Trang "${sheet}" có hơn ${formatInteger(limit)} dòng liền không đọc được giá trị nào.`,
      undefined,
      'Kiểm tra lại bảng: có thể các cột đã bị xê dịch.',
    ),
  tooMuchMemory: () =>
    refused(
      'file-needs-too-much-memory',
      'Đọc tệp cần nhiều bộ nhớ hơn mức cho phép.',
      undefined,
      'Chia bảng thành nhiều tệp rồi nộp từng phần.',
    ),
  tooSlow: (seconds: number) =>
    refused(
      'file-takes-too-long',
      `Đọc tệp quá ${formatInteger(seconds)} giây nên đã dừng.`,
      undefined,
      'Chia bảng thành nhiều tệp rồi nộp từng phần.',
    ),
};
