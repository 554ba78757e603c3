import type { AreaRegister } from '../areas/index.js';
import type { PlainDate } from '../kernel/index.js';
import { formatDate, periodicRound } from '../kernel/index.js';
import type { Choice } from '../web/index.js';

/** Rounds to choose from, the latest first. */
export const roundChoices = (rounds: readonly number[]): Choice[] =>
  [...rounds]
    .sort((a, b) => b - a)
    .map((round) => ({ value: String(round), label: `Năm ${round}` }));

/**
 * Boundaries in which a round can be shown: the units of its own day, then those of each later change
 * of units in the province.
 */
export function boundaryChoices(
  register: AreaRegister,
  provinceCode: string,
  round: number,
): Choice[] {
  const { referenceDate } = periodicRound(round);
  const label = (text: string, date: PlainDate) =>
    `${text} (${register.communesOf(provinceCode, date).length} xã, phường, thị trấn)`;
  const own: Choice = { value: '', label: label(`Đơn vị của năm ${round}`, referenceDate) };
  const later = changesOf(register, provinceCode).filter((date) => date > referenceDate);
  return [
    own,
    ...later.map((date) => ({ value: date, label: label(`Đơn vị từ ${formatDate(date)}`, date) })),
  ];
}

/** Days on which communes of the province changed, oldest first. */
export function changesOf(register: AreaRegister, provinceCode: string): PlainDate[] {
  const days = register.edges
    .filter((edge) => register.unit(edge.to)?.provinceCode === provinceCode)
    .map((edge) => edge.effective);
  return [...new Set(days)].sort();
}

/** The province and its communes on a date. */
export function areaChoices(
  register: AreaRegister,
  provinceCode: string,
  date: PlainDate,
): Choice[] {
  const communes = register.communesOf(provinceCode, date);
  return [
    { value: provinceCode, label: 'Toàn tỉnh' },
    ...communes.map((unit) => ({ value: unit.code, label: unit.name })),
  ];
}
