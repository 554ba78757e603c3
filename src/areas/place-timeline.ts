import type { PlainDate } from '../kernel/index.js';
import { addDays } from '../kernel/index.js';
import type { AreaRegister } from './register.js';
import type { Unit, UnitKey } from './unit.js';
import { keyOf } from './unit.js';

/** A stay of a place in a unit on `[validFrom, validTo]`, both inclusive, `null` = until now. */
export interface PlaceStay {
  unit: UnitKey;
  validFrom: PlainDate;
  validTo: PlainDate | null;
  /** False while the place of a split commune may lie in any of its successors. */
  isCertain: boolean;
}

/** For a split unit, which successor the place goes to; `null` = not known. */
export type ChooseSuccessor = (split: Unit, successors: readonly Unit[]) => UnitKey | null;

const notKnown: ChooseSuccessor = () => null;

/**
 * Follows a place that lies in `start` from `from` on through the lineage until today. Full edges
 * carry it along; at a partial edge it goes whole to the chosen successor, or stands as uncertain in
 * each. Throws when `start` is not in force on `from`.
 */
export function placeTimeline(
  register: AreaRegister,
  start: UnitKey,
  from: PlainDate,
  choose: ChooseSuccessor = notKnown,
): PlaceStay[] {
  const unit = register.unit(start);
  if (!unit || from < unit.validFrom || (unit.validTo !== null && from > unit.validTo)) {
    throw new RangeError(`${keyOf(start)} is not in force on ${from}`);
  }
  const stays = new Map<string, PlaceStay>();
  follow(register, unit, from, true, choose, stays);
  return settle([...stays.values()]);
}

function follow(
  register: AreaRegister,
  unit: Unit,
  from: PlainDate,
  isCertain: boolean,
  choose: ChooseSuccessor,
  stays: Map<string, PlaceStay>,
): void {
  const key = `${keyOf(unit)}|${from}`;
  if (stays.get(key)?.isCertain) return;
  stays.set(key, { unit: pick(unit), validFrom: from, validTo: unit.validTo, isCertain });
  if (unit.validTo === null) return;
  const next = addDays(unit.validTo, 1);
  const edges = register.historyOf(unit)?.successors ?? [];
  const successors = edges
    .filter((edge) => edge.effective === next)
    .flatMap((edge) => register.unit(edge.to) ?? []);
  const chosen = successors.length > 1 ? choose(unit, successors) : (successors[0] ?? null);
  for (const successor of successors) {
    const isChosen = chosen !== null && keyOf(chosen) === keyOf(successor);
    if (chosen !== null && !isChosen) continue;
    follow(register, successor, next, isCertain && isChosen, choose, stays);
  }
}

const pick = ({ code, validFrom }: Unit): UnitKey => ({ code, validFrom });

/** Uncertain stays that met again in one unit are certain: nothing else is possible on that day. */
function settle(stays: PlaceStay[]): PlaceStay[] {
  const rivals = (stay: PlaceStay) =>
    stays.filter(
      (other) =>
        (other.validTo === null || stay.validFrom <= other.validTo) &&
        (stay.validTo === null || other.validFrom <= stay.validTo),
    );
  return stays.map((stay) => (rivals(stay).length === 1 ? { ...stay, isCertain: true } : stay));
}
