import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/kernel/index.js';
import { plainPdf } from '../support/signed-pdf.js';
import { workbookParts, writeZip } from '../support/workbook.js';
import { readFileSync, readdirSync } from 'node:fs';
import { crawl } from './crawl.js';
import type { Form } from './crawl.js';
import { breaches } from './judge.js';
import type { Site } from './site.js';
import { ask, openSite } from './site.js';

const MB = 1024 * 1024;
let site: Site;
let uploads: Form[];

beforeAll(async () => {
  site = await openSite();
  const { forms } = await crawl(site, ['maker']);
  uploads = [...forms.values()].flatMap((all) =>
    all.filter(({ files }) => files.length > 0).slice(0, 1),
  );
});
afterAll(() => site.close());

const keptFiles = () =>
  readdirSync(site.store.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

async function send(form: Form, content: Buffer, name: string) {
  const data = new FormData();
  for (const [field, value] of Object.entries(form.fields)) {
    data.append(field, field === 'commandId' ? newId() : value);
  }
  for (const field of form.files) data.append(field, new Blob([new Uint8Array(content)]), name);
  site.pass(6);
  const token = await site.session(form.who ?? 'maker');
  return ask(site.app, { method: 'POST', path: form.action, token, body: data });
}

/** Ten gigabytes of zeros, twice packed, as they are passed around. */
async function bomb(): Promise<Buffer> {
  const parts = { ...workbookParts([{ name: 'A', rows: {} }]) };
  const path = await writeZip({
    ...parts,
    'xl/worksheets/sheet1.xml': Buffer.alloc(200 * MB, ' '),
  });
  return readFileSync(path);
}

test('files are judged by their content, whatever they are called, and nothing of them stays', async () => {
  expect(uploads.length).toBeGreaterThanOrEqual(2);
  const lies: [string, Buffer, string][] = [
    ['a web page', Buffer.from('<!doctype html><table><tr><td>1'), 'a.xlsx'],
    ['a program', Buffer.from('MZ\x90\0\x03\0'), 'a.xlsx'],
    ['a script', Buffer.from('#!/bin/sh\0rm'), 'a.pdf'],
    ['a PDF', plainPdf(), 'a.xlsx'],
    ['a PDF that is none', Buffer.from('%PDF-1.7\nnothing'), 'a.pdf'],
    ['a PDF with a script', plainPdf('<< /S /JavaScript /JS (app.alert\\(1\\)) >>'), 'a.pdf'],
    ['a zip that is none', Buffer.from('PK\x03\x04\0\0'), 'a.xlsx'],
    ['a bomb', await bomb(), 'a.xlsx'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]), 'a.pdf'],
    ['a secret', Buffer.from('TUYỆT MẬT\nx;y\n'), 'a.csv'],
    ['nothing', Buffer.alloc(0), 'a.pdf'],
    ['a name with a way up', Buffer.from('MZ\0'), '../../../../tmp/zq.xlsx'],
  ];
  const [files, rows] = [keptFiles(), await site.householdRows()];
  for (const form of uploads) {
    // A PDF is what one of them takes; it is wrong in every other field then.
    for (const [what, content, name] of lies) {
      const answer = await send(
        { ...form, fields: { ...form.fields, decidedOn: '' } },
        content,
        name,
      );
      expect([form.action, what, breaches(site, answer)]).toEqual([form.action, what, []]);
      expect([what, answer.status >= 400 && answer.status < 500]).toEqual([what, true]);
    }
  }
  expect(keptFiles()).toEqual(files);
  expect(await site.householdRows()).toBe(rows);
});

test('a body that never ends is refused early, in bounded memory, at every address', async () => {
  const listener = getRequestListener((request) => site.app.fetch(request));
  const server = createServer((...both) => void listener(...both));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const token = await site.session();
  const before = process.memoryUsage().rss;
  let most = before;
  try {
    for (const { path } of site.routes.filter(({ method }) => method === 'POST')) {
      const address = path.replace(/:\w+/g, '018f0000-0000-7000-8000-000000000000');
      const isFile =
        uploads.some(({ action }) => action === address) || path.endsWith('quyet-dinh');
      const { sent, answer } = await pour(port, address, token, isFile ? 120 : 8);
      most = Math.max(most, process.memoryUsage().rss);
      expect([path, Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1])]).toEqual([path, 413]);
      expect(answer).toContain('lớn hơn');
      expect([path, sent < (isFile ? 90 : 6) * MB]).toEqual([path, true]);
    }
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  expect((most - before) / MB).toBeLessThan(400);
});

/** Sends pieces over a socket until there is an answer, or `limitMb` were sent. */
function pour(
  port: number,
  path: string,
  token: string,
  limitMb: number,
): Promise<{ sent: number; answer: string }> {
  const piece = Buffer.alloc(64 * 1024, 'a');
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let [sent, answer] = [0, ''];
    let isDone = false;
    const end = () => {
      if (isDone) return;
      isDone = true;
      socket.destroy();
      resolve({ sent, answer });
    };
    const write = (): void => {
      if (isDone || answer !== '' || sent >= limitMb * MB) return;
      const chunk = Buffer.concat([
        Buffer.from(`${piece.length.toString(16)}\r\n`),
        piece,
        Buffer.from('\r\n'),
      ]);
      sent += piece.length;
      if (socket.write(chunk)) setImmediate(write);
      else socket.once('drain', write);
    };
    socket.on('data', (data) => {
      answer += data.toString();
      if (answer.includes('</html>') || answer.includes('\r\n0\r\n')) end();
    });
    socket.on('error', end);
    socket.on('close', end);
    setTimeout(end, 10_000).unref();
    socket.on('connect', () => {
      const head = [
        `POST ${path} HTTP/1.1`,
        ...[`host: localhost`, `origin: http://localhost`, `cookie: thonban_session=${token}`],
        ...['content-type: application/x-www-form-urlencoded', 'transfer-encoding: chunked'],
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      write();
    });
  });
}

test('a length that is announced is refused before a byte of it is read', async () => {
  for (const form of uploads) {
    const answer = await ask(site.app, {
      ...{ method: 'POST', path: form.action, token: await site.session(form.who ?? 'maker') },
      headers: {
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': `9000000000`,
      },
      body: 'x',
    });
    expect(answer.status).toBe(413);
    expect(breaches(site, answer)).toEqual([]);
  }
});

test('methods that nobody declared do nothing and say nothing', async () => {
  const rows = await site.householdRows();
  const token = await site.session();
  for (const path of new Set(site.routes.map((route) => route.path.replace(/:\w+|\*/g, 'x')))) {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'POST']) {
      if (
        method === 'POST' &&
        site.routes.some((one) => one.method === 'POST' && one.path === path)
      )
        continue;
      site.pass(1);
      const answer = await ask(site.app, {
        method,
        path,
        token,
        ...(method === 'OPTIONS' ? {} : { body: 'x' }),
      });
      if (answer.status >= 500 || answer.status < 300)
        expect([method, path, answer.status]).toBe(null);
      expect([method, path, breaches(site, answer)]).toEqual([method, path, []]);
    }
  }
  expect(await site.householdRows()).toBe(rows);
});

test('what leaves as a table carries nothing out, whatever was typed into it', async () => {
  const token = await site.session();
  const taken = [
    '/nhat-ky/tai?dang=csv',
    '/nhat-ky/tai?dang=json',
    '/bieu-mau/1/tai?dang=csv&round=2025',
    '/so-lieu/poor-households/tai',
  ];
  for (const path of taken) {
    site.pass(6);
    const answer = await ask(site.app, { method: 'GET', path, token });
    expect([path, answer.status]).toEqual([path, 200]);
    expect([path, breaches(site, answer)]).toEqual([path, []]);
    if (path.startsWith('/nhat-ky/tai?dang=csv')) expect(answer.body).toContain("'=cmd|");
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename/);
  }
});
