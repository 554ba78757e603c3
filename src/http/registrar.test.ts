import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { projectFiles } from '../../test/tidy/files.js';
import { declaredRoutes, mount, registrar } from './registrar.js';

test('an app knows its addresses and those of what is mounted in it', () => {
  const part = new Hono();
  registrar(part).get('public', '/:code', (c) => c.text('part'));
  const app = new Hono();
  registrar(app).post('household:propose', '/', (c) => c.text('whole'));
  mount(app, '/areas', part);
  expect(declaredRoutes(app)).toEqual([
    { method: 'POST', path: '/', policy: 'household:propose' },
    { method: 'GET', path: '/areas/:code', policy: 'public' },
  ]);
});

test('only public addresses can be asked for', async () => {
  const app = new Hono();
  const site = registrar(app, 'public');
  site.get('public', '/open', (c) => c.text('open'));
  site.get('signed-in', '/closed', (c) => c.text('closed'));
  expect(declaredRoutes(app)).toHaveLength(1);
  expect((await app.request('/open')).status).toBe(200);
  expect((await app.request('/closed')).status).toBe(404);
});

test('HEAD tells what GET tells: that a page is not there, or where to sign in', async () => {
  const app = new Hono();
  const site = registrar(app);
  site.get('household:read', '/list', (c) => c.text('list'));
  site.get('household:read', '/list/:id', (c) => c.text('one'));
  app.onError((error, c) => c.text(error.message, 404));
  for (const method of ['GET', 'HEAD']) {
    const list = await app.request('/list', { method });
    expect([list.status, list.headers.get('location')]).toEqual([303, '/dang-nhap?next=%2Flist']);
    expect((await app.request('/list/1', { method })).status).toBe(404);
  }
});

/** `app.get(…)`, `app.on(…)`, `app.route(…)`: an address that nothing is declared about. */
const UNDECLARED = /\b\w*[aA]pp\.(get|post|put|patch|delete|all|on|route|mount)\(/;

test('no address of the site goes around the declaration of its policy', () => {
  const http = projectFiles((at) => /^src\/http\/.*(?<!\.test)\.tsx?$/.test(at));
  const around = http.filter(({ text }) => UNDECLARED.test(text)).map(({ path }) => path);
  expect(around).toEqual(['src/http/registrar.ts']);
});
