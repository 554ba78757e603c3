import { Problem, formatInteger } from '../kernel/index.js';

const refused = (code: string, what: string, why: string | undefined, todo: string): Problem =>
  new Problem('refused', { code, what, todo, ...(why && { why }) });

const SCAN = 'Quét bản giấy đã ký thành tệp PDF, hoặc tải lại tệp gốc từ hệ thống văn bản.';

/** Every way in which a signed file is refused, with its sentence. */
export const signedFileProblems = {
  missing: () =>
    refused(
      'signed-file-missing',
      'Chưa chọn tệp quyết định đã ký.',
      'Không có danh sách nào có hiệu lực khi chưa kèm quyết định đã ký.',
      SCAN,
    ),
  tooLarge: (limitBytes: number) =>
    refused(
      'signed-file-too-large',
      `Tệp lớn hơn ${formatInteger(limitBytes / 1024 / 1024)} MB.`,
      undefined,
      'Quét lại ở chế độ đen trắng, 200–300 điểm mỗi inch.',
    ),
  notPdf: () =>
    refused(
      'signed-file-not-pdf',
      'Tệp này không phải tệp PDF.',
      'Tệp được nhận theo nội dung, không theo tên tệp.',
      SCAN,
    ),
  encrypted: () =>
    refused(
      'signed-file-encrypted',
      'Tệp PDF này được đặt mật khẩu hoặc bị khóa.',
      'Người kiểm tra về sau phải mở được tệp mà không cần hỏi mật khẩu.',
      'Bỏ mật khẩu rồi gửi lại; nếu khóa làm hỏng chữ ký số, quét bản giấy.',
    ),
  unreadable: () =>
    refused('signed-file-unreadable', 'Không đọc được tệp PDF này.', 'Tệp hỏng hoặc bị cắt.', SCAN),
  active: () =>
    refused(
      'signed-file-active',
      'Tệp PDF này chứa mã chạy hoặc chương trình kèm theo.',
      'Một quyết định đã ký chỉ có chữ và hình; mã trong tệp có thể đổi nội dung khi mở.',
      'Lấy tệp không có mã kèm theo, hoặc quét bản giấy đã ký.',
    ),
  signatureBroken: (why: string) =>
    refused('signature-broken', 'Chữ ký số trong tệp không khớp với nội dung tệp.', why, SCAN),
};
