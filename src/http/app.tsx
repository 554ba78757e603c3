import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { csrf } from 'hono/csrf';
import { networkOf } from '../access/index.js';
import { addAccess } from './access-site.js';
import { apiApp } from './api/index.js';
import { loadStylesheet } from './assets.js';
import { MEGABYTE, limited, small } from './body-limits.js';
import type { AppDeps, Ctx, Env } from './env.js';
import { clientAddress, siteOrigin } from './client.js';
import { healthz } from './healthz.js';
import { instanceReader } from './instance.js';
import { pageCache } from './page-cache.js';
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
import { problemAnswer } from './problem-answer.js';
import { notFound } from './query.js';
import { rateLimit } from './rate-limit.js';
import { mount, registrar } from './registrar.js';
import { addRegistry } from './registry-site.js';
import { securityHeaders } from './security.js';
import { LOCAL_SITE } from './site-settings.js';
import { withShell } from './session.js';
import { sqlFile } from './sql-file.js';

/** Larger than any review file of a province; the importer has its own, stricter limits. */
const MAX_UPLOAD = 64 * MEGABYTE;

/** The whole site. Reads through the doors of the rooms; decides nothing itself. */
export function createApp({ store, only, settings = LOCAL_SITE }: AppDeps): Hono<Env> {
  const app = new Hono<Env>();
  const css = loadStylesheet();
  const keep = pageCache();
  const kept = (draw: (c: Ctx) => Promise<Response>) => (c: Ctx) => keep(c, draw);

  app.use(async (c, next) => {
    c.set('settings', settings);
    await next();
  });
  app.use(securityHeaders(settings));
  app.use(compress());
  const early = registrar(app, only);
  early.get('public', '/healthz', healthz(store));
  early.get('public', css.href, css.serve);
  mount(app, '/api/v1', apiApp({ store }));

  app.use(csrf({ origin: (origin, c) => origin === siteOrigin(c as Ctx) }));
  app.use(withShell({ store, instance: instanceReader(store), stylesheetHref: css.href }));

  const site = registrar(app, only);
  site.get('public', '/', kept(home));
  site.get('public', '/so-lieu/:code', kept(figurePage));
  site.get('public', '/so-lieu/:code/tai', seriesDownload);
  site.get('public', '/bieu-mau', kept(formList));
  site.get('public', '/bieu-mau/:n', kept(formPage));
  site.get('public', '/bieu-mau/:n/tai', formDownload);
  // Looking a name up costs more than a page that is kept.
  const lookUps = rateLimit({ name: 'look-up', perMinute: 120, by: lookUpOf });
  site.get('public', '/dia-ban', lookUps, kept(areaList));
  site.get('public', '/dia-ban/:code', kept(area));
  site.get('public', '/van-ban', kept(lawList));
  site.get('public', '/van-ban/xem', kept(law));
  site.get('public', '/sql/views/*', sqlFile());
  site.get('public', '/nhat-ky/neo', anchors);

  addAccess(site);

  site.get('household:read', '/nhap-lieu', importList);
  const uploads = rateLimit({ name: 'upload', perMinute: 12, by: 'session' });
  site.post('household:propose', '/nhap-lieu', uploads, limited(MAX_UPLOAD), uploadRoute);
  site.get('household:read', '/nhap-lieu/:id', importPage);
  site.post('household:propose', '/nhap-lieu/:id/trang-tinh', small(), assignRoute);
  site.post('household:propose', '/nhap-lieu/:id/ghi', small(), commitRoute);
  site.post('household:propose', '/nhap-lieu/:id/huy', small(), undoRoute);
  site.get('public', '/du-lieu-cua-toi', askPage);
  const ownData = rateLimit({ name: 'data-use', perMinute: 20, by: 'address' });
  site.post('public', '/du-lieu-cua-toi', ownData, small(), usesRoute);
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

  app.notFound((c) => problemAnswer(c, notFound(), css.href));
  app.onError((error, c) => problemAnswer(c, error, css.href));
  return app;
}

/** Counted by address, when a name is looked for at all. */
const lookUpOf = (c: Ctx): string | null =>
  c.req.query('ten') === undefined ? null : networkOf(clientAddress(c) ?? '');
