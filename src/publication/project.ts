import { setImmediate as breathe } from 'node:timers/promises';
import { areaRegister } from '../areas/index.js';
import type { Anchor, AnchorBook } from '../audit/index.js';
import type { PublicDoor, PublicInstance } from '../figures/index.js';
import { INDICATOR_CODES, boundaryEras, dayOfEra, indicatorDefinition } from '../figures/index.js';
import type { PlainDate } from '../kernel/index.js';
import { addDays, isWithin } from '../kernel/index.js';
import { definitionsOf } from './definitions.js';
import {
  ANCHORS_SHELF,
  DEFINITIONS_SHELF,
  INSTANCE_SHELF,
  boundaryShelf,
  bridgeShelf,
  figureShelf,
  formShelf,
  groupKey,
  groupsShelf,
} from './shelves.js';

/** A shelf with its answers by area (or pair of rounds, or attribute). */
export interface MadeShelf {
  shelf: string;
  answers: unknown;
}

/** What does not belong to one round, first: a reader knows by it what else to look for. */
export async function* projectCommon(
  door: PublicDoor,
  anchors: AnchorBook,
  now: PlainDate,
): AsyncGenerator<MadeShelf> {
  const instance = await door.instance();
  yield { shelf: INSTANCE_SHELF, answers: instance };
  yield { shelf: DEFINITIONS_SHELF, answers: definitionsOf(instance.provinceCode) };
  yield { shelf: ANCHORS_SHELF, answers: { anchors: await closedDays(anchors, now) } };
}

/** The anchor of today moves on every minute; those of past days stand. */
async function closedDays(book: AnchorBook, now: PlainDate): Promise<readonly Anchor[]> {
  const first = (await book.months()).at(-1);
  return first === undefined ? [] : book.between(`${first}-01` as PlainDate, addDays(now, -1));
}

/**
 * Every answer of the public door about one round: each question is really asked, so a shelf holds
 * what a visitor who asks everything would take home, and nothing else.
 */
export async function* projectRound(
  door: PublicDoor,
  { round, referenceDate }: PublicInstance['rounds'][number],
): AsyncGenerator<MadeShelf> {
  const instance = await door.instance();
  yield await bridgesTo(door, instance, round);
  yield* groupShelves(door, round, instance.provinceCode);
  for (const era of boundaryEras(instance.provinceCode)) {
    const boundaries = dayOfEra(instance.provinceCode, referenceDate, era);
    const here = { round, boundaries, era, province: instance.provinceCode };
    yield* areaShelves(door, here);
    yield* wholeForms(door, here);
  }
}

/** The bridges from each earlier round; the public asks for no others. */
async function bridgesTo(
  door: PublicDoor,
  { provinceCode: area, rounds }: PublicInstance,
  to: number,
): Promise<MadeShelf> {
  const answers: Record<string, unknown> = {};
  for (const { round: from } of rounds) {
    if (from < to) answers[String(from)] = await door.bridge({ from, to, area });
  }
  return { shelf: bridgeShelf(to), answers };
}

interface Here {
  round: number;
  era: PlainDate;
  /** The day that stands for the era. */
  boundaries: PlainDate;
  province: string;
}

/**
 * All questions about an area together: they are counted from one view of the round. Asked shelf by
 * shelf, each area would be counted anew for each.
 */
async function* areaShelves(door: PublicDoor, here: Here): AsyncGenerator<MadeShelf> {
  const { round, boundaries } = here;
  const found = await byArea(here, async (area) => {
    const figures: Record<string, unknown> = {};
    for (const code of INDICATOR_CODES) {
      figures[code] = await door.figure({ code, round, boundaries, area });
    }
    const form = await door.form({ form: 1, round, boundaries, area });
    const bridge = await door.boundaryBridge({ round, boundaries, area });
    return { figures, form, bridge };
  });
  const pick = (one: (ofArea: (typeof found)[string]) => unknown) =>
    Object.fromEntries(Object.entries(found).map(([area, ofArea]) => [area, one(ofArea)]));
  for (const code of INDICATOR_CODES) {
    yield { shelf: figureShelf(code, here), answers: pick(({ figures }) => figures[code]) };
  }
  yield { shelf: formShelf(1, here), answers: pick(({ form }) => form) };
  yield { shelf: boundaryShelf(here), answers: pick(({ bridge }) => bridge) };
}

/** The groups alone: the figure they divide stands on its own shelf. */
async function* groupShelves(
  door: PublicDoor,
  round: number,
  area: string,
): AsyncGenerator<MadeShelf> {
  for (const code of INDICATOR_CODES) {
    const answers: Record<string, unknown> = {};
    for (const by of indicatorDefinition(code).groupings) {
      const { groups } = await door.breakdown({ code, by, round, area });
      answers[groupKey(by)] = groups;
    }
    yield { shelf: groupsShelf(code, round), answers };
  }
}

/** The forms that follow households from class to class: of the province alone. */
async function* wholeForms(door: PublicDoor, here: Here): AsyncGenerator<MadeShelf> {
  const { round, boundaries, province } = here;
  for (const form of [2, 3] as const) {
    const whole = await door.form({ form, round, boundaries, area: province });
    yield { shelf: formShelf(form, here), answers: { [province]: whole } };
  }
}

/** One answer for each unit of the province in force on the day; other work gets its turn between. */
async function byArea<T>(
  { province, boundaries }: Here,
  ask: (area: string) => Promise<T>,
): Promise<Record<string, T>> {
  const answers: Record<string, T> = {};
  for (const unit of areaRegister().units) {
    if (unit.provinceCode !== province) continue;
    if (!isWithin(boundaries, unit.validFrom, unit.validTo)) continue;
    answers[unit.code] = await ask(unit.code);
    await breathe();
  }
  return answers;
}
