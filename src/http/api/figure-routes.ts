import { Hono } from 'hono';
import {
  allIndicators,
  formNumber,
  publicBreakdown,
  publicBridge,
  publicFigure,
  publicForm,
  publicSeries,
  readInstance,
} from '../../figures/index.js';
import type { Store } from '../../store/index.js';
import { registrar } from '../registrar.js';
import { markedFor } from './mark.js';
import { dateOf, groupingOf, optionalYear, unitCodeOf, yearOf } from './query.js';

/** Figures, series, bridge and forms, each through the public door of the figures room. */
export function figureRoutes(store: Store): Hono {
  const app = new Hono();
  const routes = registrar(app);
  const marked = markedFor(store);
  const province = async () => (await readInstance(store)).provinceCode;

  routes.get('public', '/indicators', (c) => c.json({ indicators: allIndicators() }));
  routes.get('public', '/rounds', async (c) => {
    const { rounds, kind, provinceCode } = await readInstance(store);
    return c.json(await marked({ instance: kind, province: provinceCode, rounds }));
  });
  routes.get('public', '/figures/:code', async (c) => {
    const boundaries = dateOf(c, 'boundaries');
    const query = {
      code: c.req.param('code'),
      area: unitCodeOf(c, 'area', await province()),
      round: yearOf(c, 'period'),
      ...(boundaries && { boundaries }),
    };
    const by = groupingOf(c);
    if (by === undefined) return c.json(await marked(await publicFigure(store, query)));
    const { figure, groups } = await publicBreakdown(store, { ...query, by });
    return c.json(await marked({ ...figure, by, groups }));
  });
  routes.get('public', '/series/:code', async (c) => {
    const boundaries = dateOf(c, 'boundaries');
    const [from, to] = [optionalYear(c, 'from'), optionalYear(c, 'to')];
    const series = await publicSeries(store, {
      code: c.req.param('code'),
      area: unitCodeOf(c, 'area', await province()),
      ...(boundaries && { boundaries }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    });
    return c.json(await marked(series));
  });
  routes.get('public', '/bridge', async (c) => {
    const area = unitCodeOf(c, 'area', await province());
    const query = { from: yearOf(c, 'from'), to: yearOf(c, 'to'), area };
    return c.json(await marked(await publicBridge(store, query)));
  });
  routes.get('public', '/forms/:form', async (c) => {
    const boundaries = dateOf(c, 'boundaries');
    const form = await publicForm(store, {
      form: formNumber(c.req.param('form')),
      round: yearOf(c, 'round'),
      area: unitCodeOf(c, 'area', await province()),
      ...(boundaries && { boundaries }),
    });
    return c.json(await marked(form));
  });
  return app;
}
