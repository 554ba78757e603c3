import { createRequire } from 'node:module';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { getRequestListener } from '@hono/node-server';
import { demoAccounts } from '../../src/access/index.js';
import { createApp } from '../../src/http/index.js';
import type { SiteSettings } from '../../src/http/index.js';
import type { TestStore, TestStoreOptions } from '../support/database.js';
import { findBrowser } from '../find-browser.mjs';
import { testStore } from '../support/database.js';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const PHONE = 360;
export const DESK = 1280;

export interface VisitOptions {
  width?: number;
  javaScript?: boolean;
  /** The site's own security policy holds; axe cannot be brought along then. */
  isPolicyEnforced?: boolean;
}

export interface Site {
  origin: string;
  store: TestStore;
  /** A fresh visitor: no cookies. */
  visit(options?: VisitOptions): Promise<BrowserContext>;
  /** A person of the demonstration, signed in, in a browser of their own. */
  signedIn(username: string, options?: VisitOptions): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  visitor: BrowserContext;
  page: Page;
}

export interface SiteOptions extends TestStoreOptions {
  /** Fills an empty database before it is served. */
  prepare?: (store: TestStore) => Promise<void>;
  /** How the site stands in the network, once its address is known. */
  settings?: (origin: string, store: TestStore) => SiteSettings;
}

/** The demonstration (scale 0.02), unless told otherwise, served to a real browser. Call in `beforeAll`. */
export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const executablePath = findBrowser();
  if (!executablePath) {
    throw new Error('no Chromium: run "npm run install:browser", or set CHROMIUM');
  }
  const { prepare, settings, ...rest } = options;
  const store = await testStore({ template: 'demo', ...rest });
  await prepare?.(store);
  const server = http.createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = createApp({ store, ...(settings && { settings: settings(origin, store) }) });
  const listener = getRequestListener(app.fetch);
  server.on('request', (request, response) => void listener(request, response));
  const browser: Browser = await chromium.launch({ executablePath, args: FLAGS });
  const visit: Site['visit'] = (how = {}) => {
    const { width = DESK, javaScript = true, isPolicyEnforced = !javaScript } = how;
    return browser.newContext({
      baseURL: origin,
      viewport: { width, height: 800 },
      javaScriptEnabled: javaScript,
      // Tests bring axe along, which the site's own policy forbids.
      bypassCSP: !isPolicyEnforced,
      locale: 'vi-VN',
    });
  };
  return {
    origin,
    store,
    visit,
    signedIn: async (username, how) => {
      const { password } = accountOf(username);
      const visitor = await visit(how);
      const page = await visitor.newPage();
      await signIn(page, username, password);
      return { visitor, page };
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await store.close();
    },
  };
}

/** An account of the demonstration. */
export function accountOf(username: string): ReturnType<typeof demoAccounts>[number] {
  const found = demoAccounts().find((one) => one.username === username);
  if (!found) throw new Error(`no demonstration account ${username}`);
  return found;
}

interface AxeViolation {
  id: string;
  nodes: { target: string[] }[];
}

/** What passes is not described: that takes longer than finding what does not. */
const AXE_RUN = "axe.run({ resultTypes: ['violations'] }).then((r) => r.violations)";

/** Everything axe objects to, as "rule: place" lines. */
export async function objections(page: Page): Promise<string[]> {
  await page.waitForLoadState();
  await page.addScriptTag({ content: AXE });
  const violations = await page.evaluate<AxeViolation[]>(AXE_RUN);
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}

/** What the page says, once all of it is there. */
export async function textOf(page: Page): Promise<string> {
  await page.waitForLoadState();
  return page.locator('main').innerText();
}

/** How far the page can be scrolled sideways, in pixels. */
export async function overflow(page: Page): Promise<number> {
  // A click returns when the answer begins; on a busy machine the page is still empty then.
  await page.waitForLoadState();
  return page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
}

export interface Weight {
  requests: string[];
  foreign: string[];
  /** Bytes on the wire, headers included. */
  bytes: number;
}

/** Loads a page as a first visitor and weighs what came over the wire. */
export async function weigh(page: Page, path: string): Promise<Weight> {
  const weight: Weight = { requests: [], foreign: [], bytes: 0 };
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
  wire.on('Network.loadingFinished', (event) => (weight.bytes += event.encodedDataLength));
  page.on('request', (request) => {
    const url = request.url();
    if (url.startsWith('data:')) return;
    weight.requests.push(url);
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  await wire.detach();
  const own = new URL(page.url()).origin;
  weight.foreign = weight.requests.filter((url) => !url.startsWith(`${own}/`));
  return weight;
}

/** Signs in through the form; where the demonstration shows a code for the second step, with it too. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/dang-nhap');
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByLabel('Mật khẩu').fill(password);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  // Counting, further down, does not wait for the page by itself.
  await page.waitForLoadState();
  const shown = page.locator('.notice code');
  if ((await page.locator('h1').innerText()) !== 'Nhập mã xác thực') return;
  if ((await shown.count()) === 0) return;
  await page.getByLabel('Mã xác thực').fill(await shown.innerText());
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
}
