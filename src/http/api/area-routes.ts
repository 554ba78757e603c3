import { Hono } from 'hono';
import type { UnitHistory } from '../../areas/index.js';
import { areaRegister } from '../../areas/index.js';
import type { PlainDate } from '../../kernel/index.js';
import { Problem, formatDate } from '../../kernel/index.js';
import { registrar } from '../registrar.js';
import type { ApiEnv } from './api-env.js';
import { marked } from './mark.js';
import { dateOf, textOf, yearOf } from './query.js';

/** Units over time: by code and date, the lineage of a code, by name; a round brought to a unit. */
export function areaRoutes(): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const routes = registrar(app);
  routes.get('public', '/', (c) => {
    const name = textOf(c, 'name', 100);
    const on = dateOf(c, 'on');
    const register = areaRegister();
    const { match, candidates, suggestions } = register.find(name, on ? { on } : {});
    const json = (unit: UnitHistory['unit']) => unitJson(register.historyOf(unit)!);
    return c.json({
      name,
      on: on ?? null,
      match: match && json(match),
      candidates: candidates.map(json),
      suggestions: suggestions.map(json),
    });
  });
  routes.get('public', '/:code', (c) => {
    const code = c.req.param('code');
    const on = dateOf(c, 'on');
    const register = areaRegister();
    const unit = on ? register.unitOn(code, on) : (register.lineage(code).at(-1)?.unit ?? null);
    const history = unit && register.historyOf(unit);
    if (!history) throw noSuchUnit(code, on);
    return c.json(unitJson(history));
  });
  routes.get('public', '/:code/lineage', (c) => {
    const versions = areaRegister().lineage(c.req.param('code'));
    if (versions.length === 0) throw noSuchUnit(c.req.param('code'), undefined);
    return c.json(versions.map(unitJson));
  });
  routes.get('public', '/:code/bridge', async (c) => {
    const boundaries = dateOf(c, 'boundaries');
    const bridge = await c.get('view').door.boundaryBridge({
      area: c.req.param('code'),
      round: yearOf(c, 'round'),
      ...(boundaries && { boundaries }),
    });
    return c.json(await marked(c, bridge));
  });
  return app;
}

const unitJson = ({ unit, predecessors, successors }: UnitHistory) => ({
  code: unit.code,
  validFrom: unit.validFrom,
  validTo: unit.validTo,
  name: unit.name,
  kind: unit.kind,
  area: unit.area,
  parent: unit.parent?.code ?? null,
  predecessors: predecessors.map(({ from, part }) => ({ ...from, part })),
  successors: successors.map(({ to, part }) => ({ ...to, part })),
});

const noSuchUnit = (code: string, on: PlainDate | undefined): Problem =>
  new Problem('not-found', {
    code: 'unit-not-found',
    what: on
      ? `Không có đơn vị hành chính mang mã ${code.slice(0, 20)} vào ngày ${formatDate(on)}.`
      : `Không có đơn vị hành chính nào từng mang mã ${code.slice(0, 20)} trong danh mục.`,
    todo: 'Tìm theo tên: /api/v1/areas?name=…',
  });
