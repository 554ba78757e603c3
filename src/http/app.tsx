import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { csrf } from 'hono/csrf';
import { apiApp } from './api/index.js';
import { loadStylesheet } from './assets.js';
import { MEGABYTE, limited, small } from './body-limits.js';
import type { AppDeps, Ctx, Env } from './env.js';
import { healthz } from './healthz.js';
import { instanceReader } from './instance.js';
import { pageCache } from './page-cache.js';
import { loginPage, signInRoute, signOutRoute } from './pages/access/login-routes.js';
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
import {
  household,
  householdHistoryPage,
  householdList,
} from './pages/registry/household-routes.js';
import { notFound } from './query.js';
import { addReview } from './review-site.js';
import { mount, registrar } from './registrar.js';
import { securityHeaders } from './security.js';
import { withShell } from './session.js';
import { sqlFile } from './sql-file.js';

/** Larger than any review file of a province; the importer has its own, stricter limits. */
const MAX_UPLOAD = 64 * MEGABYTE;

/** The whole site. Reads through the doors of the rooms; decides nothing itself. */
export function createApp({ store, only }: AppDeps): Hono<Env> {
  const app = new Hono<Env>();
  const css = loadStylesheet();
  const keep = pageCache();
  const kept = (draw: (c: Ctx) => Promise<Response>) => (c: Ctx) => keep(c, draw);

  app.use(securityHeaders());
  app.use(compress());
  const early = registrar(app, only);
  early.get('public', '/healthz', healthz(store));
  early.get('public', css.href, css.serve);
  mount(app, '/api/v1', apiApp({ store }));

  app.use(csrf());
  app.use(withShell({ store, instance: instanceReader(store), stylesheetHref: css.href }));

  const site = registrar(app, only);
  site.get('public', '/', kept(home));
  site.get('public', '/so-lieu/:code', kept(figurePage));
  site.get('public', '/so-lieu/:code/tai', seriesDownload);
  site.get('public', '/bieu-mau', kept(formList));
  site.get('public', '/bieu-mau/:n', kept(formPage));
  site.get('public', '/bieu-mau/:n/tai', formDownload);
  site.get('public', '/dia-ban', kept(areaList));
  site.get('public', '/dia-ban/:code', kept(area));
  site.get('public', '/van-ban', kept(lawList));
  site.get('public', '/van-ban/xem', kept(law));
  site.get('public', '/sql/views/*', sqlFile());
  site.get('public', '/nhat-ky/neo', anchors);

  site.get('public', '/dang-nhap', loginPage);
  site.post('public', '/dang-nhap', small(), signInRoute);
  site.post('public', '/dang-xuat', small(), signOutRoute);

  site.get('household:read', '/nhap-lieu', importList);
  site.post('household:propose', '/nhap-lieu', limited(MAX_UPLOAD), uploadRoute);
  site.get('household:read', '/nhap-lieu/:id', importPage);
  site.post('household:propose', '/nhap-lieu/:id/trang-tinh', small(), assignRoute);
  site.post('household:propose', '/nhap-lieu/:id/ghi', small(), commitRoute);
  site.post('household:propose', '/nhap-lieu/:id/huy', small(), undoRoute);
  site.get('public', '/du-lieu-cua-toi', askPage);
  site.post('public', '/du-lieu-cua-toi', small(), usesRoute);
  site.get('citizen-code:propose', '/ho/:id/phieu', codeForm);
  site.post('citizen-code:propose', '/ho/:id/phieu', small(), issueCodeRoute);

  site.get('household:read', '/ho', householdList);
  site.get('household:read', '/ho/:id', household);
  site.get('household:read', '/ho/:id/lich-su', householdHistoryPage);
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

  app.notFound((c) => problemAnswer(c, notFound(), css.href));
  app.onError((error, c) => problemAnswer(c, error, css.href));
  return app;
}
