import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import type { Clock } from '../../kernel/index.js';
import { networkOf } from '../../access/index.js';
import { Problem, httpStatusOf, newId, today } from '../../kernel/index.js';
import type { PublicSource } from '../../publication/index.js';
import { problemOfSql } from '../../store/index.js';
import { clientAddress } from '../client.js';
import type { Ctx } from '../env.js';
import { rateLimit } from '../rate-limit.js';
import { mount, registrar } from '../registrar.js';
import type { SiteSettings } from '../site-settings.js';
import { LOCAL_SITE } from '../site-settings.js';
import type { ApiEnv } from './api-env.js';
import { auditRoutes } from './audit-routes.js';
import { areaRoutes } from './area-routes.js';
import { figureRoutes } from './figure-routes.js';
import { lawRoutes } from './law-routes.js';
import { openApiDocument } from './openapi.js';

export interface ApiDeps {
  source: PublicSource;
  clock: Clock;
  settings?: SiteSettings;
}

/**
 * `/api/v1`: the public figures, forms, areas and documents as JSON. Takes no cookie and shows what
 * the public pages show. Every answer carries the data version as ETag.
 */
export function apiApp({ source, clock, settings = LOCAL_SITE }: ApiDeps): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  // An answer also depends on the program and, for what is in force, on the day.
  const program = newId().slice(-12);
  app.use(async (c, next) => {
    c.header('access-control-allow-origin', '*');
    const view = await source.current();
    c.set('view', view);
    c.set('clock', clock);
    c.set('settings', settings);
    // Anchors are signed every minute, without any command.
    if (c.req.path.includes('/audit/')) {
      c.header('cache-control', 'no-store');
      return next();
    }
    const etag = `W/"${view.version}-${today(clock)}-${program}"`;
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, caching(etag));
    await next();
    if (c.res.status === 200) for (const [k, v] of Object.entries(caching(etag))) c.header(k, v);
    return undefined;
  });
  // As on the pages: reading a name or a text costs more than an answer that is kept.
  const lookUps = rateLimit({ name: 'api-look-up', perMinute: 120, by: lookUpOf });
  // It asks for the clock and the settings only, which are here too.
  app.use(lookUps as unknown as MiddlewareHandler<ApiEnv>);
  const routes = registrar(app);
  routes.get('public', '/', (c) => c.json(contents()));
  routes.get('public', '/openapi.json', (c) => c.json(openApiDocument()));
  mount(app, '/', figureRoutes());
  mount(app, '/areas', areaRoutes());
  mount(app, '/law', lawRoutes());
  mount(app, '/audit', auditRoutes());
  // The site that this is mounted in has its own answer for what is not found.
  app.use(noSuchPathHere);
  app.onError((error, c) => answer(c, error));
  return app;
}

/** Kept by browsers and proxies, asked again each time: a new decision shows at once. */
const caching = (etag: string): Record<string, string> => ({
  etag,
  'cache-control': 'public, no-cache',
});

const noSuchPathHere: MiddlewareHandler = (c) => Promise.resolve(answer(c, noSuchPath()));

/** A failure as `{problem: {code, what, why, todo}}`; what is ours says nothing of its inside. */
function answer(c: Context, thrown: unknown): Response {
  const error = problemOfSql(thrown);
  c.header('cache-control', 'no-store');
  if (error instanceof Problem) return c.json(error.toJSON(), httpStatusOf(error));
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  const what = 'Hệ thống gặp lỗi khi trả lời.';
  return c.json({ problem: { code: 'unexpected', what, why: null, todo: 'Thử lại sau.' } }, 500);
}

/** What there is to ask, for whoever opens the bare address. */
const contents = () => ({
  openapi: '/api/v1/openapi.json',
  addresses: Object.entries(openApiDocument().paths).map(([path, { get }]) => ({
    path: `/api/v1${path}`,
    summary: get.summary,
  })),
});

const noSuchPath = () =>
  new Problem('not-found', {
    code: 'path-unknown',
    what: 'Không có địa chỉ này trong /api/v1.',
    todo: 'Xem /api/v1/openapi.json.',
  });

/** Counted by address, when a name or a text is read at all. */
const lookUpOf = (c: Ctx): string | null =>
  c.req.query('name') === undefined && !c.req.path.endsWith('/law/citations')
    ? null
    : networkOf(clientAddress(c) ?? '');
