import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeclaredRoute } from '../../src/http/registrar.js';
import { newId } from '../../src/kernel/index.js';
import { plainPdf } from '../support/signed-pdf.js';
import type { Form, Found } from './crawl.js';
import { crawl } from './crawl.js';
import { breaches } from './judge.js';
import { BAD_ESCAPES, nasty } from './nasty.js';
import type { Answer, Question, Site } from './site.js';
import { ask, openSite } from './site.js';

/** Printed when something is found; THONBAN_SEED=… asks the same again. */
const SEED = Number(process.env['THONBAN_SEED'] ?? Date.now() % 1_000_000_000);
const PER_FORM = Number(process.env['THONBAN_FUZZ_RUNS'] ?? 14);
const PER_PAGE = Math.ceil(PER_FORM / 2);

let site: Site;
let found: Found;
let tokens: Record<'maker' | 'checker', string>;
let before: string;
const tried = { forms: 0, pages: 0 };

beforeAll(async () => {
  site = await openSite();
  found = await crawl(site);
  tokens = await freshTokens();
  before = await site.householdRows();
});
afterAll(async () => {
  console.log(`security: seed ${SEED}, ${tried.forms} forms and ${tried.pages} pages tried`);
  await site.close();
});

const freshTokens = async () => ({
  maker: await site.session('maker'),
  checker: await site.session('checker'),
});
const posts = () => site.routes.filter(({ method }) => method === 'POST');

test('the site was read: nearly every form is known from its page', () => {
  const unknown = posts().filter((route) => !found.forms.has(route));
  expect(posts().length).toBeGreaterThan(25);
  // Those are asked with made-up fields.
  expect(unknown.length, unknown.map(({ path }) => path).join()).toBeLessThan(posts().length / 3);
  expect(found.queryNames.size).toBeGreaterThan(10);
});

/** Asks, judges, and lets a limit of rate fill up again. */
async function attempt(question: Question): Promise<Answer> {
  site.pass(6);
  const answer = await ask(site.app, question);
  const wrong = breaches(site, answer);
  if (question.method === 'POST') {
    const after = await site.householdRows();
    if (answer.status >= 400 && after !== before) wrong.push('refused, and rows changed');
    before = after;
    // The act may have ended the session.
    if (answer.status < 400) tokens = await freshTokens();
  }
  expect(wrong, `${question.method} ${question.path.slice(0, 200)} THONBAN_SEED=${SEED}`).toEqual(
    [],
  );
  return answer;
}

const property = async <T>(
  [route, arbitrary]: [DeclaredRoute, fc.Arbitrary<T>],
  runs: number,
  work: (t: T) => Promise<void>,
) =>
  fc.assert(fc.asyncProperty(arbitrary, work), {
    numRuns: runs,
    seed: SEED + site.routes.indexOf(route),
    endOnFailure: true,
  });

/** Where a parameter stands in the address, what to put there. */
const addressOf = ({ path }: DeclaredRoute, value: string): string =>
  path.replace(/:\w+|\*/g, encodeURIComponent(value));

/** For a form that no page showed: every name that any form has. */
const anyField = (): Record<string, string> =>
  Object.fromEntries(
    [...found.forms.values()]
      .flat()
      .flatMap(({ fields }) => Object.keys(fields).map((k) => [k, ''])),
  );

const formOf = (route: DeclaredRoute): Form[] =>
  found.forms.get(route) ?? [
    {
      action: addressOf(route, newId()),
      fields: anyField(),
      files: ['file'],
      who: 'maker',
    },
  ];

const BODIES = [
  ...(['url', 'url', 'url', 'url', 'url', 'multipart', 'multipart', 'multipart'] as const),
  ...(['raw', 'json', 'none', 'broken'] as const),
];

const FILES: readonly (() => Blob)[] = [
  () => new Blob(['<!doctype html><table><tr><td>1']),
  () => new Blob([new Uint8Array(plainPdf())]),
  () => new Blob([Buffer.from('MZ\0\0\x01')]),
  () => new Blob([Buffer.from('PK\x03\x04 not a zip')]),
  () => new Blob([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])]),
  () => new Blob([Buffer.from('%PDF-1.7\n1 0 obj\n<< /A [[[[')]),
  () => new Blob([Buffer.alloc(3_000, 0xff)]),
  () => new Blob(['a;b\n'.repeat(20)]),
  () => new Blob([]),
];

const change = fc.record({
  kind: fc.constantFrom(
    'replace',
    'replace',
    'replace',
    'remove',
    'repeat',
    'extra',
    'known',
    'as file',
  ),
  at: fc.nat(30),
  value: nasty,
});
const sending = fc.record({
  ...{ form: fc.nat(3), changes: fc.array(change, { minLength: 1, maxLength: 3 }) },
  ...{ body: fc.constantFrom(...BODIES), file: fc.nat(FILES.length - 1), fileName: nasty },
  ...{ isAnonymous: fc.nat(9).map((n) => n === 0), escape: fc.constantFrom(...BAD_ESCAPES) },
});
type Sending = typeof sending extends fc.Arbitrary<infer T> ? T : never;

/** The fields as they are sent, after somebody has been at them. */
function changed(form: Form, changes: Sending['changes']): [string, string | Blob][] {
  const fields: [string, string | Blob][] = Object.entries({
    ...form.fields,
    ...('commandId' in form.fields && { commandId: newId() }),
  });
  const names = Object.keys(anyField());
  // The id of the act is hit seldom: without a right one nothing else is looked at.
  const own = fields.findIndex(([name]) => name === 'commandId');
  for (const { kind, at, value } of changes) {
    const hit = at % Math.max(1, fields.length);
    const i = hit === own && at < 26 ? (hit + 1) % fields.length : hit;
    if (i === own && at < 26) continue;
    const name = fields[i]?.[0] ?? 'x';
    if (kind === 'known') fields.push([names[at % names.length] ?? 'x', value]);
    else if (kind === 'replace') fields[i] = [name, value];
    else if (kind === 'remove') fields.splice(i, 1);
    else if (kind === 'repeat') fields.push([name, value], [name, value]);
    else if (kind === 'extra')
      fields.push([value, value], ['__proto__', value], [`${name}[]`, value]);
    else fields[i] = [name, new Blob([value])];
  }
  return fields;
}

function bodyOf(form: Form, sent: Sending): Pick<Question, 'body' | 'headers'> {
  const fields = changed(form, sent.changes);
  const type = (contentType: string) => ({ headers: { 'content-type': contentType } });
  const text = new URLSearchParams(
    fields.map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : 'x',
    ]),
  ).toString();
  const boundary = 'multipart/form-data; boundary=x';
  // A file comes in parts; otherwise nobody would look at it.
  const body = sent.body === 'url' && form.files.length > 0 ? 'multipart' : sent.body;
  switch (body) {
    case 'url':
      return { ...type('application/x-www-form-urlencoded'), body: text };
    case 'raw': {
      const broken = text.replace(/=[^&]*/, `=${sent.escape}`);
      return { ...type('application/x-www-form-urlencoded; charset=utf-16'), body: broken };
    }
    case 'json':
      return { ...type('application/json'), body: '{"a":'.repeat(20_000) };
    case 'none':
      return {};
    case 'broken':
      return { ...type(boundary), body: `--x\r\ncontent-disposition: form-data; name="${text}` };
    case 'multipart': {
      const data = new FormData();
      for (const [name, value] of fields) data.append(name, value);
      const content = FILES[sent.file]!();
      for (const name of form.files) data.append(name, content, sent.fileName.slice(0, 200) || 'x');
      return { body: data };
    }
  }
}

describe('every address that takes something', () => {
  test('answers whatever it is sent with a sentence, or does what it says', async () => {
    const statuses = new Map<number, number>();
    for (const route of posts()) {
      const forms = formOf(route);
      await property([route, sending], PER_FORM, async (sent) => {
        const form = forms[sent.form % forms.length]!;
        const token = sent.isAnonymous ? null : tokens[form.who ?? 'maker'];
        const question = { method: 'POST', path: form.action, token, ...bodyOf(form, sent) };
        const { status } = await attempt(question);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        tried.forms++;
      });
    }
    // The fuzzer gets past the door: some things are done, most are refused as wrong input.
    expect([...statuses.keys()].some((status) => status < 400)).toBe(true);
    expect((statuses.get(422) ?? 0) + (statuses.get(400) ?? 0)).toBeGreaterThan(tried.forms / 5);
  });

  test('about a record that is named wickedly', async () => {
    for (const route of posts().filter(({ path }) => path.includes(':'))) {
      const fields = { commandId: newId() };
      await property([route, nasty], 3, async (value) => {
        const path = addressOf(route, value);
        await attempt({
          ...{ method: 'POST', path, token: tokens.maker },
          body: new URLSearchParams(fields),
        });
        tried.forms++;
      });
    }
  });
});

const asking = fc.record({
  ...{
    link: fc.nat(5),
    isAnonymous: fc.boolean(),
    where: fc.constantFrom('query', 'query', 'path'),
  },
  ...{ names: fc.array(fc.nat(200), { minLength: 1, maxLength: 3 }), value: nasty },
  escape: fc.option(fc.constantFrom(...BAD_ESCAPES)),
});

describe('every page', () => {
  test('answers whatever stands in its address', async () => {
    const api = (await ask(site.app, { method: 'GET', path: '/api/v1/openapi.json', token: null }))
      .body;
    const named = [...api.matchAll(/"name":"([^"]+)","in":"query"/g)].map(([, name]) => name!);
    const names = [...new Set([...found.queryNames, ...named])];
    for (const route of site.routes.filter(({ method }) => method === 'GET')) {
      const links = found.links.get(route) ?? [addressOf(route, '06004')];
      await property([route, asking], PER_PAGE, async (asked) => {
        const base = links[asked.link % links.length]!;
        const query = new URLSearchParams(base.split('?')[1]);
        for (const at of asked.names) query.append(names[at % names.length]!, asked.value);
        const raw =
          asked.escape === null ? '' : `&${names[asked.names[0]! % names.length]!}=${asked.escape}`;
        const path =
          asked.where === 'path' && /[:*]/.test(route.path)
            ? addressOf(route, asked.value)
            : `${base.split('?')[0]!}?${query.toString()}${raw}`;
        await attempt({ method: 'GET', path, token: asked.isAnonymous ? null : tokens.maker });
        tried.pages++;
      });
    }
  });
});
