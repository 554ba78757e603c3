import type { FigureGroup, Grouping } from '../../../figures/index.js';

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

/** The name of a group on screen; `names` gives those of ethnic groups. */
export function groupLabel(
  by: Grouping,
  group: Pick<FigureGroup, 'key'>,
  names: ReadonlyMap<string, string>,
): string {
  if (group.key === 'unknown') return 'Chưa rõ';
  return LABELS[by]?.[group.key] ?? names.get(group.key) ?? group.key;
}
