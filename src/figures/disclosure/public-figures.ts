import { Problem } from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import { breakdown, figure } from '../figure.js';
import { readInstance } from '../instance.js';
import type { SeriesQuery } from '../series.js';
import { seriesOf } from '../series.js';
import type {
  Basis,
  Figure,
  FigureBreakdown,
  FigureQuery,
  Grouping,
  IndicatorCode,
  Series,
} from '../types.js';
import { besideCount } from './publishable.js';
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

/** The public only sees what is known now: two versions of a figure could be subtracted. */
export type PublicQuery = Omit<FigureQuery, 'knownAt'>;

/** A figure as the public may see it: the same figure, or `suppressed` without any number. */
export async function publicFigure(store: Store, query: PublicQuery): Promise<Figure> {
  const { code, area, round, boundaries } = query;
  const whole = await figure(store, { code, area, round, ...(boundaries && { boundaries }) });
  const { partial, ...rest } = whole;
  const isProvince = area === (await readInstance(store)).provinceCode;
  const shown: Figure = {
    ...rest,
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
  await requireProvince(store, query.area, 'Số liệu chia theo nhóm');
  const { code, area, round, boundaries } = query;
  const asked = { code, area, round, by: query.by, ...(boundaries && { boundaries }) };
  const { figure: whole, groups, by } = await breakdown(store, asked);
  const shown = await publicFigure(store, query);
  const hidden = await hiddenGroups(store, query.round, basisOfFigure(whole), by);
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
export const publicSeries = (store: Store, query: SeriesQuery): Promise<Series> =>
  seriesOf(store, query, publicFigure);

/** @throws Problem `not-public` unless the area is the whole province */
export async function requireProvince(store: Store, area: string, what: string): Promise<void> {
  const { provinceCode } = await readInstance(store);
  if (area === provinceCode) return;
  throw new Problem('forbidden', {
    code: 'not-public',
    what: `${what} chỉ công khai cho toàn tỉnh.`,
    why: 'Ở cấp nhỏ hơn, số liệu nhỏ có thể làm lộ thông tin của từng hộ.',
    todo: `Xem số liệu của toàn tỉnh (mã ${provinceCode}), hoặc đăng nhập nếu bạn phụ trách địa bàn.`,
  });
}
