/**
 * How a figure came to be, and how it is therefore drawn: published solid, derived or provisional
 * hollow, interpolated dashed (DESIGN §8: the difference is in form, not only in a label).
 */
export type DatumKind = 'published' | 'derived' | 'interpolated' | 'computed' | 'provisional';

export const DATUM_LABEL: Record<DatumKind, string> = {
  published: 'đã công bố',
  derived: 'suy ra',
  interpolated: 'nội suy, mô phỏng',
  computed: 'tính từ sổ rà soát',
  provisional: 'sơ bộ',
};
