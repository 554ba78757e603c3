/** The classes of a household, in the order in which forms print them. */
export const POVERTY_STATUSES = [
  'poor',
  'near_poor',
  'average_living',
  'not_poor',
  'not_computable',
] as const;

export type PovertyStatus = (typeof POVERTY_STATUSES)[number];

/** The words of the official forms. */
export const POVERTY_STATUS_LABEL: Record<PovertyStatus, string> = {
  poor: 'hộ nghèo',
  near_poor: 'hộ cận nghèo',
  average_living: 'hộ có mức sống trung bình',
  not_poor: 'không nghèo',
  not_computable: 'chưa đủ dữ liệu',
};

export type Area = 'rural' | 'urban';

export const AREA_LABEL: Record<Area, string> = { rural: 'nông thôn', urban: 'thành thị' };
