import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import { csrf } from 'hono/csrf';
import { networkOf } from '../access/index.js';
import type { PublicSource } from '../publication/index.js';
import { readShared } from '../store/index.js';
import { addAccess } from './access-site.js';
import { apiApp } from './api/index.js';
import { loadStylesheet } from './assets.js';
import { MEGABYTE, limited, small } from './body-limits.js';
import { clientAddress, siteOrigin } from './client.js';
import type { AppDeps, Ctx, Env, PublicAppDeps } from './env.js';
import { healthz } from './healthz.js';
import { instanceReader } from './instance.js';
import { liveSource } from './live-source.js';
import { pageCache } from './page-cache.js';
import { addOffices } from './office-site.js';
import { anchors } from './pages/audit/anchor-routes.js';
import {
  closeRoute,
  inspections,
  joinRoute,
  leaveRoute,
  openInspectionRoute,
  publishRoute,
} from './pages/audit/inspection-routes.js';
import { auditDownload, auditEntry, auditLog } from './pages/audit/log-routes.js';
import { area, areaList } from './pages/areas/area-routes.js';
import { askPage, codeForm, issueCodeRoute, usesRoute } from './pages/data-use/data-use-routes.js';
import { figurePage, seriesDownload } from './pages/figures/figure-route.js';
import { formDownload, formList, formPage } from './pages/forms/form-routes.js';
import { home } from './pages/home/home-route.js';
import {
  assignRoute,
  commitRoute,
  importList,
  importPage,
  undoRoute,
  uploadRoute,
} from './pages/intake/import-routes.js';
import { law, lawList } from './pages/law/law-routes.js';
import { onceReviewed } from './pages/no-rounds-page.js';
import { problemAnswer } from './problem-answer.js';
import { notFound } from './query.js';
import { rateLimit } from './rate-limit.js';
import type { Registrar } from './registrar.js';
import { addReview } from './review-site.js';
import { mount, registrar } from './registrar.js';
import { addRegistry } from './registry-site.js';
import { securityHeaders } from './security.js';
import { withPublicShell, withShell } from './session.js';
import { LOCAL_SITE } from './site-settings.js';
import type { SiteSettings } from './site-settings.js';
import { sqlFile } from './sql-file.js';

/** Larger than any review file of a province; the importer has its own, stricter limits. */
const MAX_UPLOAD = 64 * MEGABYTE;

/** The whole site of a running instance. Reads through the doors of the rooms; decides nothing itself. */
export function createApp(deps: AppDeps): Hono<Env> {
  const { store, settings = LOCAL_SITE, signedSecondsAgo } = deps;
  const instance = instanceReader(store);
  return buildApp({
    ...{ source: liveSource(store), clock: store.clock, settings },
    check: () => readShared(store, (tx) => tx.query('select 1')),
    frame: (stylesheetHref) => withShell({ store, instance, stylesheetHref }),
    ...(signedSecondsAgo && { signedSecondsAgo }),
  });
}

/**
 * The public addresses alone, answered from published projections. Nothing else has an address here: no
 * signing in, no page of officers, nothing about a household.
 */
export function createPublicApp(deps: PublicAppDeps): Hono<Env> {
  const { source, clock, settings = LOCAL_SITE } = deps;
  return buildApp({
    ...{ source, clock, settings, only: 'public' as const },
    check: () => source.current(),
    frame: (stylesheetHref) => withPublicShell({ source, clock, stylesheetHref }),
  });
}

interface SiteParts extends PublicAppDeps {
  settings: SiteSettings;
  only?: 'public';
  check: () => Promise<unknown>;
  frame: (stylesheetHref: string) => MiddlewareHandler<Env>;
  signedSecondsAgo?: () => number;
}

function buildApp(parts: SiteParts): Hono<Env> {
  const { source, clock, settings, only, check, frame } = parts;
  const app = new Hono<Env>();
  const css = loadStylesheet();
  app.use(async (c, next) => {
    c.set('settings', settings);
    await next();
  });
  app.use(securityHeaders(settings));
  app.use(compress());
  const early = registrar(app, only);
  early.get('public', '/healthz', healthz(check, parts.signedSecondsAgo));
  early.get('public', css.href, css.serve);
  mount(app, '/api/v1', apiApp({ source, clock, settings }));

  app.use(csrf({ origin: (origin, c) => origin === siteOrigin(c as Ctx) }));
  app.use(frame(css.href), seeing(source));
  const site = registrar(app, only);
  publicPages(site);
  addAccess(site);
  ownData(site);
  officerPages(site);
  app.notFound((c) => problemAnswer(c, notFound(), css.href));
  app.onError((error, c) => problemAnswer(c, error, css.href));
  return app;
}

/** What published projections, packs and files of the program are enough for. */
function publicPages(site: Registrar<Env>): void {
  const keep = pageCache();
  const add = (path: string, draw: (c: Ctx) => Promise<Response> | Response) =>
    site.get('public', path, draw);
  const addKept = (path: string, names: string[], draw: (c: Ctx) => Promise<Response>) =>
    add(path, (c) => keep(c, names, draw));
  const where = ['round', 'area', 'boundaries'];
  addKept('/', ['cau'], home);
  addKept('/so-lieu/:code', where, onceReviewed('figures', 'Số liệu', figurePage));
  add('/so-lieu/:code/tai', seriesDownload);
  addKept('/bieu-mau', [], formList);
  addKept('/bieu-mau/:n', where, onceReviewed('forms', 'Biểu mẫu', formPage));
  add('/bieu-mau/:n/tai', formDownload);
  // Looking a name up costs more than a page that is kept.
  const lookUps = rateLimit({ name: 'look-up', perMinute: 120, by: lookUpOf });
  site.get('public', '/dia-ban', lookUps, (c) => keep(c, ['ten'], areaList));
  addKept('/dia-ban/:code', ['tu', 'dot'], area);
  addKept('/van-ban', ['tim'], lawList);
  addKept('/van-ban/xem', ['so', 'ngay'], law);
  add('/sql/views/*', sqlFile());
  add('/nhat-ky/neo', anchors);
}

/** One request is answered from one view, even when the next one is published meanwhile. */
const seeing =
  (source: PublicSource): MiddlewareHandler<Env> =>
  async (c, next) => {
    const seen = c.var as Partial<Env['Variables']>;
    if (!seen.view) c.set('view', await source.current());
    await next();
  };

/** What a household asks with the code on its paper. */
function ownData(site: Registrar<Env>): void {
  const asked = rateLimit({ name: 'data-use', perMinute: 20, by: 'address' });
  site.get('anybody', '/du-lieu-cua-toi', askPage);
  site.post('anybody', '/du-lieu-cua-toi', asked, small(), usesRoute);
}

function officerPages(site: Registrar<Env>): void {
  site.get('household:read', '/nhap-lieu', importList);
  const uploads = rateLimit({ name: 'upload', perMinute: 12, by: 'session' });
  site.post('household:propose', '/nhap-lieu', uploads, limited(MAX_UPLOAD), uploadRoute);
  site.get('household:read', '/nhap-lieu/:id', importPage);
  site.post('household:propose', '/nhap-lieu/:id/trang-tinh', small(), assignRoute);
  site.post('household:propose', '/nhap-lieu/:id/ghi', small(), commitRoute);
  site.post('household:propose', '/nhap-lieu/:id/huy', small(), undoRoute);
  site.get('citizen-code:propose', '/ho/:id/phieu', codeForm);
  site.post('citizen-code:propose', '/ho/:id/phieu', small(), issueCodeRoute);

  addRegistry(site);

  site.get('audit:read', '/nhat-ky', auditLog);
  site.get('audit:read', '/nhat-ky/muc/:id', auditEntry);
  site.get('audit:read', '/nhat-ky/tai', auditDownload);
  site.get('inspection:read', '/nhat-ky/thanh-tra', inspections);
  site.post('inspection:propose', '/nhat-ky/thanh-tra', small(), openInspectionRoute);
  site.post('inspection:propose', '/nhat-ky/thanh-tra/:id/tham-gia', small(), joinRoute);
  site.post('inspection:propose', '/nhat-ky/thanh-tra/:id/roi', small(), leaveRoute);
  site.post('inspection:propose', '/nhat-ky/thanh-tra/:id/ket-thuc', small(), closeRoute);
  site.post('inspection:decide', '/nhat-ky/thanh-tra/:id/cong-khai', small(), publishRoute);

  addReview(site);
  addOffices(site);
}

/** Counted by address, when a name is looked for at all. */
const lookUpOf = (c: Ctx): string | null =>
  c.req.query('ten') === undefined ? null : networkOf(clientAddress(c) ?? '');
