import type { AreaRegister, Unit } from '../areas/index.js';
import { resolveSheetName } from '../areas/index.js';
import type { PlainDate, RoundCalendar } from '../kernel/index.js';
import { addDays, formatDate, isWithin } from '../kernel/index.js';
import type { UnresolvedSheet } from './import-result.js';

/** The unit a sheet is about, on the round's reference date. */
export interface SheetUnit {
  unit: Unit;
  /** The unit ended during the round and was divided: its rows need a person. */
  isSplit: boolean;
}

export type Resolution = SheetUnit | UnresolvedSheet;

export const isResolved = (found: Resolution): found is SheetUnit => 'unit' in found;

/** Codes given by hand: for one sheet by its name, or for the only sheet of a file. */
export interface SheetUnits {
  bySheet: Readonly<Record<string, string>>;
  onlySheet: string | null;
}

/**
 * Which commune a sheet names. A unit in force on the reference date is taken; one in force on any
 * other day of the window is followed to its successor if the whole of it went there, else its rows go
 * to a person. Nothing is guessed: a name with several units is answered with candidates. DESIGN §4.
 */
export function resolveSheet(
  sheet: string,
  round: RoundCalendar,
  province: string,
  units: SheetUnits,
  register: AreaRegister,
): Resolution {
  const code = units.bySheet[sheet] ?? units.onlySheet;
  const days = daysToAsk(round, register);
  if (code !== null) {
    for (const day of days) {
      const unit = register.unitOn(code, day);
      if (unit?.level === 'commune') return followed(unit, round, register);
    }
    return unresolved(sheet, 'unknown-name', [], `Không có xã, phường nào mã "${code}".`);
  }
  const now = resolveSheetName(sheet, round.referenceDate, province, register);
  if (now.match) return { unit: now.match, isSplit: false };
  if (now.candidates.length > 1) {
    const what = `Tên trang "${sheet}" ứng với nhiều xã, phường.`;
    return unresolved(sheet, 'several-units', within(now.candidates, register), what);
  }
  for (const day of days) {
    const { match } = resolveSheetName(sheet, day, province, register);
    if (match) return followed(match, round, register);
  }
  const what = `Tên trang "${sheet}" không phải xã, phường nào của tỉnh trong đợt ${round.round}.`;
  const near = within(now.suggestions, register);
  const hasEnded = now.suggestions.some((unit) => unit.validTo !== null);
  return unresolved(sheet, hasEnded ? 'no-longer-in-force' : 'unknown-name', near, what);
}

/** The reference date first, then each day of the window on which units were other than the day before. */
function daysToAsk(round: RoundCalendar, register: AreaRegister): PlainDate[] {
  const { windowFrom, windowTo, referenceDate } = round;
  const changes = new Set(register.edges.map((edge) => edge.effective));
  const inside = [...changes].filter((day) => isWithin(day, windowFrom, windowTo)).sort();
  return [referenceDate, windowFrom, ...inside, ...inside.map((day) => addDays(day, -1))];
}

function followed(unit: Unit, round: RoundCalendar, register: AreaRegister): SheetUnit {
  if (isWithin(round.referenceDate, unit.validFrom, unit.validTo)) return { unit, isSplit: false };
  const [first, ...others] = register.successorsOf(unit, round.referenceDate);
  if (first?.part === 'full' && others.length === 0) return { unit: first.unit, isSplit: false };
  return { unit, isSplit: true };
}

function unresolved(
  sheet: string,
  reason: UnresolvedSheet['reason'],
  candidates: UnresolvedSheet['candidates'],
  what: string,
): UnresolvedSheet {
  return { sheet, reason, what, candidates };
}

function within(units: readonly Unit[], register: AreaRegister): UnresolvedSheet['candidates'] {
  return units.map((unit) => ({
    code: unit.code,
    validFrom: unit.validFrom,
    name: unit.validTo ? `${unit.name} (đến ${formatDate(unit.validTo)})` : unit.name,
    within: (unit.parent && register.unit(unit.parent)?.name) ?? null,
  }));
}

/** The sheet's unit is known, and not in the places this person may write to. */
export const outOfScope = (sheet: string, unit: Unit): UnresolvedSheet =>
  unresolved(
    sheet,
    'out-of-scope',
    [],
    `Trang "${sheet}" là của ${unit.name}, ngoài địa bàn được giao.`,
  );
