import type { DocumentType, RelationKind } from '../../../law/index.js';

export const DOCUMENT_TYPE_LABEL: Record<DocumentType, string> = {
  law: 'Luật',
  ordinance: 'Pháp lệnh',
  order: 'Lệnh',
  resolution: 'Nghị quyết',
  decree: 'Nghị định',
  decision: 'Quyết định',
  circular: 'Thông tư',
  'joint-circular': 'Thông tư liên tịch',
  directive: 'Chỉ thị',
  plan: 'Kế hoạch',
  programme: 'Chương trình',
  scheme: 'Đề án',
  report: 'Báo cáo',
  submission: 'Tờ trình',
  notice: 'Thông báo',
  conclusion: 'Kết luận',
  guidance: 'Hướng dẫn',
  regulation: 'Quy định',
  telegram: 'Công điện',
  letter: 'Công văn',
  'consolidated-text': 'Văn bản hợp nhất',
  'technical-regulation': 'Quy chuẩn kỹ thuật',
};

/** What this document does to another. */
export const RELATION_LABEL: Record<RelationKind, string> = {
  amends: 'sửa đổi, bổ sung',
  replaces: 'thay thế',
  extends: 'kéo dài hiệu lực',
  corrects: 'đính chính',
  consolidates: 'hợp nhất',
  based_on: 'căn cứ vào',
};

/** What another document does to this one. */
export const CHANGED_BY_LABEL: Record<RelationKind, string> = {
  amends: 'được sửa đổi, bổ sung bởi',
  replaces: 'được thay thế bởi',
  extends: 'được kéo dài hiệu lực bởi',
  corrects: 'được đính chính bởi',
  consolidates: 'được hợp nhất trong',
  based_on: 'là căn cứ của',
};
