import type { PlainDate, Rate } from '../kernel/index.js';
import { Problem, changeInPoints } from '../kernel/index.js';
import { areaRegister } from '../areas/index.js';
import type { Store } from '../store/index.js';
import { figure, indicatorCode, rateOf } from './figure.js';
import { unknownArea } from './areas-of.js';
import type { Instance } from './instance.js';
import { readInstance, roundOf } from './instance.js';
import { publishedFigures } from './pack-files.js';
import type { Figure, PublishedFigure, PublishedStatus, Series, SeriesPoint } from './types.js';

export interface SeriesQuery {
  code: string;
  area: string;
  /** First and last round; default = all rounds of the instance. */
  from?: number;
  to?: number;
  /** Absent = each round in the boundaries of its own day. */
  boundaries?: PlainDate;
}

const ORDER: readonly PublishedStatus[] = [
  'official',
  'reported',
  'derived',
  'missing',
  'forecast',
];

/** Published values of one round, the most binding first; a forecast is never the best of several. */
export function publishedOf(
  all: readonly PublishedFigure[],
  code: string,
  area: string,
  round: number,
): PublishedFigure[] {
  return all
    .filter((one) => one.code === code && one.area === area && one.round === round)
    .sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
}

/**
 * An indicator over the rounds, each computed value beside what others published. Between two rounds
 * of one standard stands the change; where two standards meet the series is broken and says so.
 */
export const series = async (store: Store, query: SeriesQuery): Promise<Series> =>
  seriesOf(await readInstance(store), query, (one) => figure(store, one));

type OneFigure = (query: {
  code: string;
  area: string;
  round: number;
  boundaries?: PlainDate;
}) => Promise<Figure>;

/** The series with its figures taken from `one`: every cell, or the publishable ones. */
export async function seriesOf(
  instance: Pick<Instance, 'rounds' | 'provinceCode'>,
  query: SeriesQuery,
  one: OneFigure,
): Promise<Series> {
  const code = indicatorCode(query.code);
  const { area, boundaries } = query;
  const lineage = areaRegister().lineage(area);
  if (lineage.length === 0) throw unknownArea(area);
  const held = instance.rounds.map((round) => round.round);
  const from = query.from ?? held[0] ?? 0;
  const to = query.to ?? held.at(-1) ?? -1;
  const published = publishedFigures(instance.provinceCode);
  // Counted side by side: nobody who waits for a first page waits for one round after the other.
  const counted = await Promise.all(
    roundsFrom(from, to).map(async (round) => {
      const known = roundOf(instance, round);
      const value = known && (await figureOrNull(one, { code, area, round, boundaries }));
      return { round, standard: known?.standardId ?? null, figure: value };
    }),
  );
  const points: SeriesPoint[] = [];
  for (const one of counted) {
    const beside = publishedOf(published, code, area, one.round);
    points.push(pointOf(points.at(-1), one, beside));
  }
  const last = points.findLast((point) => point.figure !== null)?.figure;
  const areaName = last?.areaName ?? lineage.at(-1)?.unit.name ?? area;
  return { code, area, areaName, boundaries: boundaries ?? 'as-was', points };
}

const roundsFrom = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

function pointOf(
  previous: SeriesPoint | undefined,
  counted: Pick<SeriesPoint, 'round' | 'standard' | 'figure'>,
  allPublished: readonly PublishedFigure[],
): SeriesPoint {
  const { round, figure } = counted;
  const standard = counted.standard ?? allPublished[0]?.standard ?? null;
  return {
    round,
    standard,
    figure,
    ...changeFrom(previous, { standard, figure }),
    published: allPublished.find((one) => one.status !== 'forecast') ?? null,
    allPublished,
  };
}

interface OneQuery {
  code: string;
  area: string;
  round: number;
  boundaries: PlainDate | undefined;
}

/** `null` when the unit did not exist in that round's boundaries; other problems stay problems. */
async function figureOrNull(one: OneFigure, query: OneQuery): Promise<Figure | null> {
  const { boundaries, ...rest } = query;
  try {
    return await one({ ...rest, ...(boundaries && { boundaries }) });
  } catch (error) {
    if (error instanceof Problem && error.code === 'area-unknown') return null;
    throw error;
  }
}

function changeFrom(
  previous: SeriesPoint | undefined,
  now: { standard: string | null; figure: Figure | null },
): { change: Rate | null; changeReason?: string } {
  const before = previous?.figure;
  if (!previous || !before || !now.figure) return { change: null };
  if (previous.standard !== now.standard) {
    return { change: null, changeReason: 'Hai chuẩn khác nhau: không trừ được.' };
  }
  if (hasNewGround(before, now.figure)) {
    return { change: null, changeReason: 'Địa bàn đã đổi ranh giới: xem theo ranh giới hiện nay.' };
  }
  if (now.figure.unit !== 'percent') return { change: null };
  return { change: changeInPoints(rateOf(before), rateOf(now.figure)) };
}

/** Did the unit gain or lose ground between the boundaries of two figures? A code may stay the same. */
function hasNewGround(before: Figure, after: Figure): boolean {
  if (before.areaValidFrom !== after.areaValidFrom) return true;
  const key = { code: after.area, validFrom: after.areaValidFrom };
  const history = areaRegister().historyOf(key);
  return [...(history?.predecessors ?? []), ...(history?.successors ?? [])].some(
    (edge) => edge.effective > before.boundaries && edge.effective <= after.boundaries,
  );
}
