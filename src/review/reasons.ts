import type { Field } from './field-export.js';

/** Why a row needs a person, as a sentence. The codes are stored with the row. */
export const REASON_SENTENCES: Readonly<Record<string, string>> = {
  'b1-missing': 'Chưa có điểm B1 nên chưa phân loại được.',
  'b2-missing': 'Chưa có điểm B2 nên chưa phân loại được.',
  'not-computable-by-scores':
    'Chuẩn của đợt này chưa cho phép phân loại chỉ từ điểm B1, B2 của hộ.',
  'b1-not-a-number': 'Điểm B1 không phải là số.',
  'b1-out-of-range': 'Điểm B1 nằm ngoài khoảng 0–500.',
  'b2-not-valid': 'Điểm B2 phải là bội số của 10 trong khoảng 0–120.',
  'members-not-valid': 'Số nhân khẩu phải là số nguyên trong khoảng 1–30.',
  'not-a-household': 'Dòng này giống tiêu đề thôn, dòng cộng hoặc chữ ký, không giống một hộ.',
  'sheet-without-unit':
    'Chưa rõ trang này của xã nào nên dòng chưa vào sổ: nộp lại tệp và chỉ mã xã của trang.',
  'sheet-out-of-scope':
    'Trang này của xã ngoài địa bàn của người nộp nên dòng chưa vào sổ: cán bộ của xã đó cần nộp.',
  'unit-split':
    'Xã của trang này đã chia cho nhiều xã trong đợt rà soát: cần chỉ rõ hộ thuộc xã nào.',
  'class-disagreement': 'Phân loại trong tệp khác với kết quả tính lại theo điểm B1, B2.',
  'possible-same-household': 'Trùng mã hộ và họ tên với một dòng phía trên nhưng số liệu khác.',
  'recognised-differently':
    'Hộ đã được công nhận trong đợt này với số liệu khác; dòng này không được ghi.',
  'name-missing': 'Thiếu họ tên chủ hộ.',
  'date-not-readable': 'Ngày rà soát không đọc được.',
  'date-year-only': 'Ngày rà soát chỉ có năm.',
  'sex-not-readable': 'Giới tính chủ hộ không đọc được.',
  'screen-not-readable': 'Kết quả phiếu A không đọc được.',
  'class-not-readable': 'Phân loại trong tệp không đọc được.',
};

/** The cell a reason is about; a reason that is about the whole row is not here. */
export const REASON_FIELDS: Readonly<Record<string, Field>> = {
  'b1-missing': 'b1',
  'b1-not-a-number': 'b1',
  'b1-out-of-range': 'b1',
  'b2-missing': 'b2',
  'b2-not-valid': 'b2',
  'members-not-valid': 'members',
  'class-disagreement': 'field_status',
  'class-not-readable': 'field_status',
  'possible-same-household': 'field_code',
  'name-missing': 'head_name',
  'date-not-readable': 'reviewed_on',
  'date-year-only': 'reviewed_on',
  'sex-not-readable': 'head_sex',
  'screen-not-readable': 'quick_screen',
};
