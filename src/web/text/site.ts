/** Words that stand on every page. */
export const SITE = {
  name: 'Thôn Bản',
  longName: 'Hệ thống thông tin quản lý vùng đồng bào dân tộc thiểu số và miền núi',
  motto: 'Biết mình được gì, vì sao, hỏi ai.',
  skip: 'Đến nội dung chính',
  notice: 'Lưu ý',
  mainNav: 'Chính',
  simulated: 'SỐ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC',
  simulatedShort: 'SỐ LIỆU MÔ PHỎNG',
  simulatedRest: 'không phải số liệu chính thức',
  signOut: 'Đăng xuất',
  signIn: 'Đăng nhập',
  everyFigure:
    'Mỗi số liệu đều mở được định nghĩa, tử số, mẫu số, nguồn, ngày, chuẩn và trạng thái.',
  openData: 'Dữ liệu mở (API)',
  dataUse: 'Ai đã xem thông tin của gia đình tôi?',
  anchors: 'Mốc nhật ký',
  home: 'Trang đầu',
  publishedAt: 'Số liệu cập nhật lúc',
} as const;

export type NavKey =
  | 'figures'
  | 'forms'
  | 'areas'
  | 'law'
  | 'households'
  | 'intake'
  | 'lists'
  | 'offices'
  | 'audit'
  | 'account';

export interface NavItem {
  key: NavKey;
  href: string;
  label: string;
}

export const PUBLIC_NAV: readonly NavItem[] = [
  { key: 'figures', href: '/', label: 'Số liệu' },
  { key: 'forms', href: '/bieu-mau', label: 'Biểu mẫu' },
  { key: 'areas', href: '/dia-ban', label: 'Địa bàn' },
  { key: 'law', href: '/van-ban', label: 'Văn bản' },
];

/** Shown to whoever holds the permission; bringing in files, also over a whole commune. */
export const OFFICER_NAV: readonly (NavItem & { needs: string })[] = [
  { key: 'households', href: '/ho', label: 'Hộ', needs: 'household:read' },
  { key: 'intake', href: '/nhap-lieu', label: 'Nhập liệu', needs: 'household:propose' },
  { key: 'lists', href: '/danh-sach', label: 'Danh sách', needs: 'list:read' },
  { key: 'offices', href: '/to-chuc', label: 'Tổ chức', needs: 'office:read' },
  { key: 'audit', href: '/nhat-ky', label: 'Nhật ký', needs: 'audit:read' },
];
