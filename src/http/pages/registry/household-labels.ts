import { formatDate } from '../../../kernel/index.js';
import type { HouseholdRoundView } from '../../../registry/index.js';

/**
 * "QĐ 12/QĐ-UBND ngày 12/12/2025"; of a demonstration marked as simulated, and just "quyết định mô phỏng"
 * where nobody signed it: it was made with the population.
 */
export function decisionText(decision: HouseholdRoundView['decision']): string | null {
  if (!decision) return null;
  const { number, decidedOn, signerName, isSimulated } = decision;
  if (isSimulated && signerName === null) return 'quyết định mô phỏng';
  const on = decidedOn ? ` ngày ${formatDate(decidedOn)}` : '';
  return `QĐ ${number ?? 'chưa rõ số'}${on}${isSimulated ? ' (mô phỏng)' : ''}`;
}

/** The 12 indicators of NĐ 07/2021/NĐ-CP, in the order of the forms. */
export const INDICATORS: readonly { id: string; label: string }[] = [
  { id: 'emp', label: 'Việc làm' },
  { id: 'dep', label: 'Người phụ thuộc trong hộ' },
  { id: 'nut', label: 'Dinh dưỡng' },
  { id: 'ins', label: 'Bảo hiểm y tế' },
  { id: 'adu', label: 'Trình độ giáo dục của người lớn' },
  { id: 'chi', label: 'Tình trạng đi học của trẻ em' },
  { id: 'hqu', label: 'Chất lượng nhà ở' },
  { id: 'har', label: 'Diện tích nhà ở bình quân đầu người' },
  { id: 'wat', label: 'Nguồn nước sinh hoạt' },
  { id: 'toi', label: 'Nhà tiêu hợp vệ sinh' },
  { id: 'tel', label: 'Sử dụng dịch vụ viễn thông' },
  { id: 'inf', label: 'Phương tiện phục vụ tiếp cận thông tin' },
];

export const CAUSE_LABEL: Readonly<Record<string, string>> = {
  no_land: 'thiếu đất sản xuất',
  no_capital: 'thiếu vốn',
  no_labour: 'thiếu lao động',
  no_tools: 'thiếu công cụ, phương tiện sản xuất',
  no_knowledge: 'thiếu kiến thức sản xuất',
  no_skill: 'thiếu kỹ năng lao động',
  illness: 'ốm đau, bệnh nặng, tai nạn',
  other: 'nguyên nhân khác',
};

export const RELATION_LABEL: Readonly<Record<string, string>> = {
  head: 'Chủ hộ',
  spouse: 'Vợ, chồng',
  child: 'Con',
  parent: 'Cha, mẹ',
  grandchild: 'Cháu',
  sibling: 'Anh, chị, em',
  'child-in-law': 'Con dâu, con rể',
  child_in_law: 'Con dâu, con rể',
  other: 'Khác',
};

export const END_REASON: Readonly<Record<string, string>> = {
  died: 'đã mất',
  moved_away: 'chuyển đi',
  split: 'tách hộ',
  other: 'lý do khác',
};

const EVENT: Readonly<Record<string, string>> = {
  formed: 'Hộ được lập.',
  split_off: 'Tách ra từ một hộ khác.',
  moved_in: 'Chuyển đến.',
  moved_away: 'Chuyển đi.',
  died_out: 'Không còn thành viên nào.',
  moved_within: 'Chuyển sang thôn khác trong tỉnh.',
};

export const eventText = (kind: string): string => EVENT[kind] ?? 'Có thay đổi về hộ.';
