import { Hono } from 'hono';
import { allIndicators, formNumber } from '../../figures/index.js';
import { registrar } from '../registrar.js';
import type { ApiCtx, ApiEnv } from './api-env.js';
import { marked } from './mark.js';
import { dateOf, groupingOf, optionalYear, unitCodeOf, yearOf } from './query.js';

/** Figures, series, bridge and forms, each through the public door of the figures room. */
export function figureRoutes(): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const routes = registrar(app);

  routes.get('public', '/indicators', (c) => c.json({ indicators: allIndicators() }));
  routes.get('public', '/rounds', async (c) => {
    const { rounds, kind, provinceCode } = await c.get('view').door.instance();
    return c.json(await marked(c, { instance: kind, province: provinceCode, rounds }));
  });
  routes.get('public', '/figures/:code', async (c) => {
    const boundaries = dateOf(c, 'boundaries');
    const query = {
      code: c.req.param('code'),
      area: unitCodeOf(c, 'area', await province(c)),
      round: yearOf(c, 'period'),
      ...(boundaries && { boundaries }),
    };
    const by = groupingOf(c);
    if (by === undefined) return c.json(await marked(c, await c.get('view').door.figure(query)));
    const { figure, groups } = await c.get('view').door.breakdown({ ...query, by });
    return c.json(await marked(c, { ...figure, by, groups }));
  });
  routes.get('public', '/series/:code', async (c) => {
    const boundaries = dateOf(c, 'boundaries');
    const [from, to] = [optionalYear(c, 'from'), optionalYear(c, 'to')];
    const series = await c.get('view').door.series({
      code: c.req.param('code'),
      area: unitCodeOf(c, 'area', await province(c)),
      ...(boundaries && { boundaries }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    });
    return c.json(await marked(c, series));
  });
  routes.get('public', '/bridge', async (c) => {
    const area = unitCodeOf(c, 'area', await province(c));
    const query = { from: yearOf(c, 'from'), to: yearOf(c, 'to'), area };
    return c.json(await marked(c, await c.get('view').door.bridge(query)));
  });
  routes.get('public', '/forms/:form', async (c) => {
    const boundaries = dateOf(c, 'boundaries');
    const form = await c.get('view').door.form({
      form: formNumber(c.req.param('form')),
      round: yearOf(c, 'round'),
      area: unitCodeOf(c, 'area', await province(c)),
      ...(boundaries && { boundaries }),
    });
    return c.json(await marked(c, form));
  });
  return app;
}

const province = async (c: ApiCtx): Promise<string> =>
  (await c.get('view').door.instance()).provinceCode;
