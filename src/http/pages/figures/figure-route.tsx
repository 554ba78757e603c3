import { areaRegister } from '../../../areas/index.js';
import type { Figure, FigureBreakdown, IndicatorCode } from '../../../figures/index.js';
import {
  allIndicators,
  indicatorCode,
  indicatorDefinition,
  publishedFigures,
  seriesCsv,
} from '../../../figures/index.js';
import { audit, withActor } from '../../../store/index.js';
import { areaChoices, boundaryChoices, roundChoices } from '../../choices.js';
import { download } from '../../download.js';
import type { Ctx } from '../../env.js';
import { figuresFor } from '../../projection.js';
import { boundariesOf, roundOf, unitCodeOf } from '../../query.js';
import { page } from '../../render-page.js';
import { roundsShown } from '../../rounds.js';
import { FigurePage } from './figure-page.js';

/** GET /so-lieu/:code?round=&area=&boundaries= */
export async function figurePage(c: Ctx): Promise<Response> {
  const { provinceCode } = c.get('instance');
  const code = indicatorCode(c.req.param('code') ?? '');
  const { rounds, latest } = await roundsShown(c);
  const area = unitCodeOf(c.req.query('area'), provinceCode);
  const round = roundOf(c.req.query('round'), latest);
  const boundaries = boundariesOf(c.req.query('boundaries'));
  const where = { code, area, ...(boundaries && { boundaries }) };
  const figures = figuresFor(c);
  const figure = await figures.figure({ ...where, round });
  // Another unit may have had the commune's code before: its years are counted on the ground it has here.
  const ground = area === provinceCode ? {} : { boundaries: figure.boundaries };
  const isChange = code === 'poverty-rate-change';
  const register = areaRegister();
  return page(
    c,
    <FigurePage
      shell={c.get('shell')}
      data={{
        figure,
        definition: indicatorDefinition(code),
        legalBasis: figure.source.legalBasis,
        series: isChange ? null : await figures.series({ ...where, ...ground }),
        breakdowns: await breakdowns(c, { ...where, round }, figure),
        published: publishedFigures(provinceCode).filter(
          (one) => one.code === code && one.area === area,
        ),
        choices: {
          rounds: roundChoices(rounds),
          areas: areaChoices(register, provinceCode, figure.boundaries),
          boundaries: boundaryChoices(register, provinceCode, round),
          chosenBoundaries: boundaries ?? '',
        },
        otherIndicators: allIndicators().filter((one) => one.code !== code),
      }}
    />,
  );
}

/** GET /so-lieu/:code/tai?area=&boundaries=: the series over all rounds as CSV. */
export async function seriesDownload(c: Ctx): Promise<Response> {
  const code = indicatorCode(c.req.param('code') ?? '');
  const area = unitCodeOf(c.req.query('area'), c.get('instance').provinceCode);
  const boundaries = boundariesOf(c.req.query('boundaries'));
  const query = { code, area, ...(boundaries && { boundaries }) };
  const series = await figuresFor(c).series(query);
  await auditExport(c, code, area);
  const body = seriesCsv(series, indicatorDefinition(code).name);
  return download(body, `${code}-${area}.csv`, 'text/csv; charset=utf-8');
}

/** As for forms: an officer may be given cells that are not published. */
async function auditExport(c: Ctx, code: IndicatorCode, area: string): Promise<void> {
  const actor = c.get('actor');
  if (!actor) return;
  const entry = { action: 'series.export', subjectKind: 'indicator', subjectId: code };
  await withActor(c.get('store'), actor, (tx) => audit(tx, { ...entry, payload: { area } }));
}

interface Where {
  code: IndicatorCode;
  area: string;
  round: number;
}

/** Divisions are published for the province only; a commune shows its totals. */
async function breakdowns(c: Ctx, where: Where, figure: Figure): Promise<FigureBreakdown[]> {
  if (where.area !== c.get('instance').provinceCode || figure.value === null) return [];
  const { groupings } = indicatorDefinition(where.code);
  const { breakdown } = figuresFor(c);
  return Promise.all(groupings.map((by) => breakdown({ ...where, by })));
}
