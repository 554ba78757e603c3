import type { Store } from '../../store/index.js';
import { breakdown, figure } from '../figure.js';
import { readInstance } from '../instance.js';
import type { SeriesQuery } from '../series.js';
import { seriesOf } from '../series.js';
import type { Basis, Figure, FigureBreakdown, Grouping, IndicatorCode, Series } from '../types.js';
import { besideCount } from './publishable.js';
import type { PublicQuery } from './questions.js';
import { breakdownQuestion, figureQuestion } from './questions.js';
import { hiddenGroups } from './public-groups.js';
import { hiddenUnits } from './public-units.js';
import type { StatusColumn } from './status-table.js';

/** The count that an indicator shows; a rate shows all households too. */
const COLUMN_OF: Record<IndicatorCode, StatusColumn> = {
  'poverty-rate': 'poor',
  'near-poverty-rate': 'near-poor',
  'multidimensional-poverty-rate': 'both',
  'poor-households': 'poor',
  'near-poor-households': 'near-poor',
  'resident-households': 'households',
  'poverty-rate-change': 'poor',
};

export const basisOfFigure = (one: Figure): Basis =>
  one.source.countedStatus === 'recognised_status' ? 'recognised' : 'proposed';

/** A figure as the public may see it: the same figure, or `suppressed` without any number. */
export async function publicFigure(store: Store, query: PublicQuery): Promise<Figure> {
  const instance = await readInstance(store);
  const { code, area, round, asked, day } = figureQuestion(instance, query);
  const whole = await figure(store, { code, area, round, boundaries: day });
  const { partial, ...rest } = whole;
  const isProvince = area === instance.provinceCode;
  const shown: Figure = {
    ...rest,
    boundaries: asked,
    pending: besideCount(whole.pending, isProvince),
    notComputable: besideCount(whole.notComputable, isProvince),
  };
  const isUnknown = partial !== undefined || (whole.value === null && whole.change === undefined);
  if (isUnknown || !(await isHidden(store, whole))) return shown;
  return withoutNumbers(shown);
}

async function isHidden(store: Store, one: Figure): Promise<boolean> {
  const column = COLUMN_OF[one.code];
  const rounds = one.change ? [one.change.from, one.change.to] : [one.period];
  for (const round of rounds) {
    const hidden = await hiddenInRound(store, round, one, column);
    if (hidden) return true;
  }
  return false;
}

async function hiddenInRound(
  store: Store,
  round: number,
  one: Figure,
  column: StatusColumn,
): Promise<boolean> {
  const hiddenBy = async (basis: Basis) => {
    const hidden = await hiddenUnits(store, round, basis);
    const at = (which: StatusColumn) => hidden(one.area, one.boundaries, which);
    return at(column) || (one.unit !== 'household' && at('households'));
  };
  if (round === one.period && !one.change) return hiddenBy(basisOfFigure(one));
  // A change shows two rounds; which status each counted is not kept apart, so both must be safe.
  return (await hiddenBy('recognised')) || (await hiddenBy('proposed'));
}

function withoutNumbers(one: Figure): Figure {
  const { change, ...rest } = one;
  const nothing = { value: null, numerator: null, denominator: null };
  const blank = { value: null, unit: 'percent' as const, numerator: null, denominator: null };
  return {
    ...rest,
    ...nothing,
    ...(change && { change: { ...change, before: blank, after: blank } }),
    suppressed: true,
    reason: 'Ẩn số liệu nhỏ để bảo vệ thông tin cá nhân.',
  };
}

/** The province divided by one attribute; other areas are not published so finely. */
export async function publicBreakdown(
  store: Store,
  query: PublicQuery & { by: Grouping },
): Promise<FigureBreakdown> {
  const question = breakdownQuestion(await readInstance(store), query);
  const { code, area, round, by, day } = question;
  const { figure: whole, groups } = await breakdown(store, {
    ...{ code, area, round, by },
    boundaries: day,
  });
  const shown = await publicFigure(store, query);
  const hidden = await hiddenGroups(store, round, basisOfFigure(whole), by);
  const column = COLUMN_OF[whole.code];
  return {
    by,
    figure: shown,
    groups: groups.map((group) => {
      const isRate = whole.unit !== 'household';
      if (!hidden(group.key, column) && !(isRate && hidden(group.key, 'households'))) return group;
      return { key: group.key, value: null, numerator: null, denominator: null, suppressed: true };
    }),
  };
}

/** The series with each of its figures as the public may see it; a change needs both its ends. */
export const publicSeries = async (store: Store, query: SeriesQuery): Promise<Series> =>
  seriesOf(await readInstance(store), query, (one) => publicFigure(store, one));
