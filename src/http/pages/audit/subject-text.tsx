import type { EntryLine } from '../../../audit/index.js';

const KIND: Readonly<Record<string, string>> = {
  account: 'tài khoản',
  'audit-entry': 'mục nhật ký',
  'audit-key': 'khóa ký',
  audit: 'nhật ký',
  command: 'thao tác',
  export: 'tệp xuất',
  figure: 'số liệu',
  form: 'biểu mẫu',
  household: 'hộ',
  import: 'lần nhập',
  indicator: 'chỉ tiêu',
  inspection: 'thanh tra, kiểm tra',
  instance: 'hệ thống',
  job: 'việc chạy nền',
  key: 'khóa mã hóa',
  list: 'danh sách',
  office: 'cơ quan',
  'office-move': 'sắp xếp cơ quan',
  person: 'người',
  publication: 'trang công khai',
  search: 'tìm kiếm',
  upload: 'tệp gửi lên',
};

/** Where the thing itself can be looked at. */
const PAGE: Readonly<Record<string, (id: string) => string>> = {
  household: (id) => `/ho/${id}`,
  import: (id) => `/nhap-lieu/${id}`,
  list: (id) => `/danh-sach/${id}`,
  'audit-entry': (id) => `/nhat-ky/muc/${id}`,
};

/** What an act was about, with a link where there is a page of it; the place beside it. */
export function subjectText({ subjectKind, subjectId, placeName }: EntryLine) {
  const label = KIND[subjectKind] ?? subjectKind;
  const href = PAGE[subjectKind]?.(subjectId);
  return (
    <>
      {href ? <a href={href}>{label}</a> : label}
      {placeName === null ? '' : `, ${placeName}`}
    </>
  );
}
