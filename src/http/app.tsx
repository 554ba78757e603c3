import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { csrf } from 'hono/csrf';
import { Problem } from '../kernel/index.js';
import { apiApp } from './api/index.js';
import { loadStylesheet } from './assets.js';
import type { AppDeps, Ctx, Env } from './env.js';
import { healthz } from './healthz.js';
import { instanceReader } from './instance.js';
import { officer } from './officer.js';
import { pageCache } from './page-cache.js';
import { loginPage, signInRoute, signOutRoute } from './pages/access/login-routes.js';
import { area, areaList } from './pages/areas/area-routes.js';
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
import { household, householdList } from './pages/registry/household-routes.js';
import { notFound } from './query.js';
import { securityHeaders } from './security.js';
import { withShell } from './session.js';
import { sqlFile } from './sql-file.js';

const MEGABYTE = 1024 * 1024;
/** Larger than any review file of a province; the importer has its own, stricter limits. */
const MAX_UPLOAD = 64 * MEGABYTE;

/** The whole site. Reads through the doors of the rooms; decides nothing itself. */
export function createApp({ store }: AppDeps): Hono<Env> {
  const app = new Hono<Env>();
  const css = loadStylesheet();
  const keep = pageCache();
  const kept = (draw: (c: Ctx) => Promise<Response>) => (c: Ctx) => keep(c, draw);

  app.use(securityHeaders());
  app.use(compress());
  app.get('/healthz', healthz(store));
  app.get(css.href, css.serve);
  app.route('/api/v1', apiApp({ store }));

  app.use(csrf());
  app.use(withShell({ store, instance: instanceReader(store), stylesheetHref: css.href }));

  app.get('/', kept(home));
  app.get('/so-lieu/:code', kept(figurePage));
  app.get('/so-lieu/:code/tai', seriesDownload);
  app.get('/bieu-mau', kept(formList));
  app.get('/bieu-mau/:n', kept(formPage));
  app.get('/bieu-mau/:n/tai', formDownload);
  app.get('/dia-ban', kept(areaList));
  app.get('/dia-ban/:code', kept(area));
  app.get('/van-ban', kept(lawList));
  app.get('/van-ban/xem', kept(law));

  app.get('/sql/views/*', sqlFile());

  app.get('/dang-nhap', loginPage);
  app.post('/dang-nhap', small(), signInRoute);
  app.post('/dang-xuat', small(), signOutRoute);

  app.get('/nhap-lieu', importList);
  app.post('/nhap-lieu', officersOnly, limited(MAX_UPLOAD), uploadRoute);
  app.get('/nhap-lieu/:id', importPage);
  app.post('/nhap-lieu/:id/trang-tinh', small(), assignRoute);
  app.post('/nhap-lieu/:id/ghi', small(), commitRoute);
  app.post('/nhap-lieu/:id/huy', small(), undoRoute);
  app.get('/ho', householdList);
  app.get('/ho/:id', household);

  app.notFound((c) => problemAnswer(c, notFound(), css.href));
  app.onError((error, c) => problemAnswer(c, error, css.href));
  return app;
}

/** Before the body: nobody else gets to fill the memory with a file. */
const officersOnly: MiddlewareHandler<Env> = (c, next) => {
  officer(c);
  return next();
};

const small = () => limited(MEGABYTE);

const limited = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new Problem('refused', {
        code: 'too-large',
        what: `Nội dung gửi lên lớn hơn ${maxSize / MEGABYTE} MB.`,
        todo: 'Chia tệp theo xã rồi gửi từng tệp.',
      });
    },
  });
