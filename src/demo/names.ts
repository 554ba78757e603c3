import { nameKey } from '../kernel/index.js';
import type { Random } from './random.js';

/**
 * Common family names by ethnic group and common given names. Persons made from them are invented;
 * a match with a real person is chance.
 */
const FAMILY: Record<string, readonly string[]> = {
  tay: ['Hoàng', 'Nông', 'Lý', 'Vi', 'Hà', 'Lương', 'Bế', 'Ma', 'Đàm', 'Chu', 'Nguyễn', 'Triệu'],
  nung: ['Nông', 'Hoàng', 'Lương', 'Vi', 'Lăng', 'Chu', 'Lành', 'Hứa', 'Lộc', 'Linh', 'Triệu'],
  kinh: ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Vũ', 'Đỗ', 'Bùi', 'Đặng', 'Hoàng', 'Ngô', 'Dương'],
  dao: ['Triệu', 'Đặng', 'Bàn', 'Dương', 'Phùng', 'Lý', 'Chíu'],
  hmong: ['Giàng', 'Vàng', 'Sùng', 'Thào', 'Lý', 'Hoàng', 'Ma'],
  'san-chay': ['Trần', 'Hoàng', 'La', 'Lục', 'Ninh', 'Lâm'],
  'san-diu': ['Lưu', 'Trương', 'Lê', 'Diệp', 'Ôn'],
  hoa: ['Lý', 'Trương', 'Lưu', 'Voòng', 'Chíu', 'Lâm'],
};

const MIDDLE = {
  male: ['Văn', 'Văn', 'Văn', 'Đức', 'Minh', 'Quang', 'Ngọc', 'Hữu', 'Xuân', 'Thanh'],
  female: ['Thị', 'Thị', 'Thị', 'Thu', 'Thanh', 'Ngọc', 'Bích', 'Minh', 'Kim', 'Hồng'],
};

const GIVEN = {
  male: [
    ...['An', 'Bình', 'Chiến', 'Cường', 'Dũng', 'Duy', 'Đại', 'Đạt', 'Giang', 'Hải', 'Hiếu'],
    ...['Hòa', 'Hoàn', 'Hùng', 'Huy', 'Khánh', 'Kiên', 'Lâm', 'Linh', 'Long', 'Mạnh', 'Nam'],
    ...['Nghĩa', 'Phong', 'Phúc', 'Quân', 'Quý', 'Sơn', 'Tài', 'Tân', 'Thái', 'Thắng', 'Thành'],
    ...['Thịnh', 'Thuận', 'Tiến', 'Toàn', 'Trung', 'Trường', 'Tuấn', 'Tùng', 'Việt', 'Vinh'],
  ],
  female: [
    ...['Anh', 'Bích', 'Chi', 'Cúc', 'Dung', 'Duyên', 'Đào', 'Điệp', 'Giang', 'Hà', 'Hằng'],
    ...['Hạnh', 'Hậu', 'Hiền', 'Hoa', 'Hồng', 'Huệ', 'Hương', 'Lan', 'Lệ', 'Liên', 'Loan'],
    ...['Mai', 'Mến', 'Minh', 'Mùi', 'My', 'Nga', 'Ngân', 'Nguyệt', 'Nhung', 'Oanh', 'Phương'],
    ...['Quyên', 'Tâm', 'Thảo', 'Thơm', 'Thu', 'Thủy', 'Tươi', 'Tuyết', 'Vân', 'Xuân', 'Yến'],
  ],
};

export type Sex = 'male' | 'female';

export interface PersonName {
  family: string;
  fullName: string;
  nameKey: string;
}

const keys = new Map<string, string>();
/** `nameKey` word by word, remembered: a name's key is the keys of its words. */
function keyOf(word: string): string {
  let key = keys.get(word);
  if (key === undefined) keys.set(word, (key = nameKey(word)));
  return key;
}

/** A name of the group; `family` when the person bears a relative's family name. */
export function makeName(random: Random, group: string, sex: Sex, family?: string): PersonName {
  const first = family ?? random.pick(FAMILY[group] ?? FAMILY['kinh']!);
  const middle = random.pick(MIDDLE[sex]);
  const given = random.pick(GIVEN[sex]);
  return {
    family: first,
    fullName: `${first} ${middle} ${given}`,
    nameKey: `${keyOf(first)} ${keyOf(middle)} ${keyOf(given)}`,
  };
}
