import { areaRegister, tileGrid } from '../../../areas/index.js';
import type { AreaRegister } from '../../../areas/index.js';
import type { Form, PublicDoor, Series } from '../../../figures/index.js';
import { Problem, formatDate } from '../../../kernel/index.js';
import type { Ctx } from '../../env.js';
import { changesOf } from '../../choices.js';
import { figuresFor } from '../../projection.js';
import { page } from '../../render-page.js';
import { hasRows } from '../../rounds.js';
import { NoRoundsPage } from '../no-rounds-page.js';
import { HomePage, PartialHome } from './home-page.js';

interface Pair {
  from: number;
  to: number;
}

/** GET /?cau=2024-2025 */
export async function home(c: Ctx): Promise<Response> {
  const { provinceCode } = c.get('instance');
  const figures = figuresFor(c);
  // Asked again below, where a failure is told.
  askAhead(figures, provinceCode).catch(() => undefined);
  const series = await figures.series({ code: 'poverty-rate', area: provinceCode });
  const latest = series.points.findLast((point) => point.figure?.value != null);
  if (!latest) return withoutFigure(c, series);
  const pairs = pairsOf(series);
  const pair = chosenPair(c.req.query('cau'), pairs);
  const area = provinceCode;
  const [bridge, form] = await Promise.all([
    pair ? figures.bridge({ ...pair, area }) : null,
    figures.form({ form: 1, round: latest.round, area }),
  ]);
  const register = areaRegister();
  const ground = groundOf(register, provinceCode, form, series);
  return page(
    c,
    <HomePage
      shell={c.get('shell')}
      data={{ series, bridge, pairs, form, grid: tileGrid(provinceCode), ...ground }}
    />,
  );
}

/** What the page will most likely show besides the series, so that it is counted at the same time. */
async function askAhead(figures: PublicDoor, area: string): Promise<void> {
  const { rounds } = await figures.instance();
  const [before, last] = rounds.slice(-2);
  if (!before || !last) return;
  await Promise.all([
    figures.bridge({ from: before.round, to: last.round, area }),
    figures.form({ form: 1, round: last.round, area }),
  ]);
}

/** No round has a figure for the province: the latest in which some commune has rows, if any. */
async function withoutFigure(c: Ctx, series: Series): Promise<Response> {
  const { provinceCode: area } = c.get('instance');
  const shell = c.get('shell');
  const begun = series.points.findLast((point) => hasRows(point));
  if (!begun) return page(c, <NoRoundsPage shell={shell} nav="figures" />);
  const form = await figuresFor(c).form({ form: 1, round: begun.round, area });
  const ground = groundOf(areaRegister(), area, form, series);
  return page(c, <PartialHome shell={shell} data={{ form, grid: tileGrid(area), ...ground }} />);
}

/** Neighbouring rounds that both have a figure on one standard. */
function pairsOf(series: Series): Pair[] {
  return series.points.slice(1).flatMap((after, index): Pair[] => {
    const before = series.points[index];
    const isPair = before?.figure?.value != null && after.figure?.value != null;
    return isPair && before.standard === after.standard
      ? [{ from: before.round, to: after.round }]
      : [];
  });
}

function chosenPair(text: string | undefined, pairs: readonly Pair[]): Pair | undefined {
  if (text === undefined) return pairs.at(-1);
  const chosen = pairs.find((pair) => `${pair.from}-${pair.to}` === text);
  if (chosen) return chosen;
  throw new Problem('not-found', {
    code: 'pair-unknown',
    what: `Không có phân tích thay đổi cho “${text.slice(0, 20)}”.`,
    todo: `Có cho: ${pairs.map((pair) => `${pair.from}-${pair.to}`).join(', ') || 'chưa có'}.`,
  });
}

/** Since when, and by which resolution, the units of the form have their boundaries. */
function groundOf(register: AreaRegister, provinceCode: string, form: Form, series: Series) {
  const older = series.points.find((point) => point.round === form.round - 1 && hasRows(point));
  const since = changesOf(register, provinceCode).findLast((date) => date <= form.boundaries);
  const edge = register.edges.find((one) => one.effective === since);
  return {
    boundaryFrom: since ? formatDate(since) : null,
    boundaryInstrument: edge?.instrument ?? null,
    olderRound: older?.round ?? null,
  };
}
