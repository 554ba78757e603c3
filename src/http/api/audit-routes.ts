import { Hono } from 'hono';
import { Problem, addDays, daysBetween, parseAskedDate, today } from '../../kernel/index.js';
import { registrar } from '../registrar.js';
import type { ApiEnv } from './api-env.js';
import { dateOf } from './query.js';

const DEFAULT_DAYS = 31;
const MOST_DAYS = 366;

/** Daily anchors of the audit log: anybody may keep them. They change without any command. */
export function auditRoutes(): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const routes = registrar(app);
  routes.get('public', '/anchors', async (c) => {
    const to = dateOf(c, 'to') ?? today(c.get('clock'));
    const from = dateOf(c, 'from') ?? addDays(to, 1 - DEFAULT_DAYS);
    if (daysBetween(from, to) >= MOST_DAYS) throw tooManyDays();
    const anchors = await c.get('view').anchors.between(from, to);
    return c.json({ from, to, anchors });
  });
  routes.get('public', '/anchors/:date', async (c) => {
    const date = parseAskedDate(c.req.param('date'));
    if (!date) throw noSuchDay();
    return c.json(await c.get('view').anchors.of(date));
  });
  return app;
}

const tooManyDays = (): Problem =>
  new Problem('usage', {
    code: 'bad-query',
    what: `Khoảng ngày dài hơn ${MOST_DAYS} ngày.`,
    todo: 'Chia thành nhiều khoảng ngắn hơn.',
  });

const noSuchDay = (): Problem =>
  new Problem('not-found', {
    code: 'anchor-missing',
    what: 'Địa chỉ không có ngày đọc được.',
    todo: 'Viết ngày như /api/v1/audit/anchors/2025-10-12.',
  });
