import type { PlainDate } from '../kernel/index.js';
import { boundaryEras, eraOf } from '../figures/index.js';
import type { Ground, Grouping, IndicatorCode } from '../figures/index.js';

/**
 * Version of the shape of shelves and answers. It is raised when an answer of the public door changes
 * its shape, so that a program never serves what it does not understand.
 */
export const FORMAT = 1;

/** Where the answers to one sort of question lie; within a shelf they are found by area. */
export const INSTANCE_SHELF = 'instance';
export const DEFINITIONS_SHELF = 'definitions';
export const ANCHORS_SHELF = 'anchors';

type On = Pick<Ground, 'round'> & { era: PlainDate };

export const figureShelf = (code: IndicatorCode, { round, era }: On): string =>
  `figures/${code}/${round}/${era}`;

/** The province is the same households in whatever boundaries: its groups are published once a round. */
export const groupsShelf = (code: IndicatorCode, round: number): string =>
  `groups/${code}/${round}/all`;

export const formShelf = (form: 1 | 2 | 3, { round, era }: On): string =>
  `forms/${form}/${round}/${era}`;

export const boundaryShelf = ({ round, era }: On): string => `boundaries/${round}/${era}`;

/** Within the shelf of groups: by which attribute. */
export const groupKey = (by: Grouping): string => by;

/** The bridges that end in a round; within it, by the round they come from. */
export const bridgeShelf = (to: number): string => `bridges/${to}/all`;

/** The stretch of boundaries in which the day of a question lies, by its first day. */
export function eraOfGround(provinceCode: string, ground: Ground): PlainDate {
  const eras = boundaryEras(provinceCode);
  return eras[eraOf(eras, ground.day)] ?? ground.day;
}

/** The round of a shelf, `null` for those that belong to all rounds. */
export function roundOfShelf(shelf: string): number | null {
  const round = /\/(\d{4})\/[^/]+$/.exec(shelf)?.[1];
  return round === undefined ? null : Number(round);
}
