import { areaRegister } from '../../areas/index.js';
import type { PlainDate } from '../../kernel/index.js';
import { addDays } from '../../kernel/index.js';

/**
 * One date in each stretch of time during which no boundary of the province changed, oldest first.
 * A province whose units never changed has one stretch.
 */
export function boundaryEras(provinceCode: string): readonly PlainDate[] {
  const known = erasOf.get(provinceCode) ?? findEras(provinceCode);
  erasOf.set(provinceCode, known);
  return known;
}

/** The register does not change while the program runs. */
const erasOf = new Map<string, readonly PlainDate[]>();

function findEras(provinceCode: string): PlainDate[] {
  const register = areaRegister();
  const changes = register.edges
    .filter((edge) => register.unit(edge.to)?.provinceCode === provinceCode)
    .map((edge) => edge.effective);
  const dates = [...new Set(changes)].sort();
  const first = dates[0];
  if (first !== undefined) return [addDays(first, -1), ...dates];
  const begun = register.units
    .filter((unit) => unit.provinceCode === provinceCode)
    .map((unit) => unit.validFrom)
    .sort();
  return begun.slice(-1);
}

/** Index of the stretch in which a day lies; days before the first belong to it. */
export const eraOf = (eras: readonly PlainDate[], date: PlainDate): number =>
  Math.max(
    0,
    eras.findLastIndex((start) => start <= date),
  );

/**
 * The day for which the public is answered when it asks for the boundaries of `asked`: the round's own
 * day within its stretch, else the first day of the other stretch. All days of a stretch have the
 * same units, and one table for all of them is what the hiding was decided for.
 */
export function dayOfEra(
  provinceCode: string,
  referenceDate: PlainDate,
  asked: PlainDate,
): PlainDate {
  const eras = boundaryEras(provinceCode);
  const era = eraOf(eras, asked);
  return era === eraOf(eras, referenceDate) ? referenceDate : (eras[era] ?? referenceDate);
}
