import { ethnicNames } from '../packs/index.js';
import type { FigureGroup, Grouping } from './types.js';

/** Headings of the divisions of a figure. */
export const GROUPING_TITLE: Record<Grouping, string> = {
  'ethnic-minority': 'Hộ đồng bào dân tộc thiểu số',
  ethnicity: 'Dân tộc của chủ hộ',
  sex: 'Giới tính của chủ hộ',
  'area-class': 'Khu vực của thôn, xã',
};

const LABELS: Partial<Record<Grouping, Readonly<Record<string, string>>>> = {
  sex: { male: 'Nam', female: 'Nữ' },
  'area-class': { I: 'Khu vực I', II: 'Khu vực II', III: 'Khu vực III' },
  'ethnic-minority': {
    true: 'Dân tộc thiểu số',
    false: 'Dân tộc Kinh',
    yes: 'Dân tộc thiểu số',
    no: 'Dân tộc Kinh',
  },
};

/** The name of a group for a person to read. */
export function groupLabel(by: Grouping, { key }: Pick<FigureGroup, 'key'>): string {
  if (key === 'unknown') return 'Chưa rõ';
  return LABELS[by]?.[key] ?? (by === 'ethnicity' ? ethnicNames().get(key) : undefined) ?? key;
}
