import type { DeclaredRoute } from '../../src/http/registrar.js';
import type { Site } from './site.js';
import { ask } from './site.js';

/** A form as a page offers it: what a browser would send. */
export interface Form {
  action: string;
  fields: Readonly<Record<string, string>>;
  /** Names of the fields that take a file. */
  files: readonly string[];
  /** Whose page offers it; of several, who makes the lists or who checks them. */
  who: 'maker' | 'checker' | null;
}

/** What can be asked of each address, found by reading the site as a person does. */
export interface Found {
  /** Addresses with their queries, by route. */
  links: Map<DeclaredRoute, string[]>;
  forms: Map<DeclaredRoute, Form[]>;
  /** Every name that any link or form puts into a query. */
  queryNames: Set<string>;
}

const MOST_PAGES = 400;
/** Of one route; more of the same tell nothing new. */
const MOST_EACH = 8;

/** Follows links and notes forms, from the first page on, signed in and not. */
export async function crawl(
  site: Site,
  people: readonly Form['who'][] = ['maker', 'checker', null],
): Promise<Found> {
  const found: Found = { links: new Map(), forms: new Map(), queryNames: new Set() };
  const seen = new Set<string>();
  for (const who of people) {
    const token = who && (await site.session(who));
    const queue = ['/', ...site.routes.filter(isPlain).map(({ path }) => path)];
    for (let at = 0; at < queue.length && seen.size < MOST_PAGES; at++) {
      const path = queue[at]!;
      const key = `${who} ${path}`;
      if (seen.has(key)) continue;
      seen.add(key);
      site.pass(1);
      const { status, headers, body } = await ask(site.app, { method: 'GET', path, token });
      if (status !== 200 || !headers.get('content-type')?.includes('text/html')) continue;
      queue.push(...note(site, found, { page: path, html: body, who }));
    }
  }
  return found;
}

const isPlain = ({ method, path }: DeclaredRoute): boolean =>
  method === 'GET' && !/[:*]/.test(path);

/** @returns addresses to go on with */
function note(
  site: Site,
  found: Found,
  { page, html, who }: { page: string; html: string; who: Form['who'] },
): string[] {
  const next: string[] = [];
  for (const form of formsIn(html, page)) {
    const post = routeOf(site.routes, 'POST', form.action);
    if (post && form.isPost) add(found.forms, post, { ...form, who });
    if (!form.isPost) for (const name of Object.keys(form.fields)) found.queryNames.add(name);
  }
  for (const [, href = ''] of html.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
    const link = plain(href).replace(/#.*/, '');
    if (!link.startsWith('/') && !link.startsWith('?')) continue;
    const whole = link.startsWith('?') ? page.replace(/\?.*/, '') + link : link;
    const route = routeOf(site.routes, 'GET', whole);
    if (!route) continue;
    for (const name of new URLSearchParams(whole.split('?')[1]).keys()) found.queryNames.add(name);
    add(found.links, route, whole);
    // Somebody else may find other forms there.
    if (found.links.get(route)!.includes(whole)) next.push(whole);
  }
  return next;
}

function add<T>(map: Map<DeclaredRoute, T[]>, route: DeclaredRoute, one: T): void {
  const known = map.get(route) ?? [];
  if (known.length < MOST_EACH && !known.includes(one)) map.set(route, [...known, one]);
}

export function routeOf(
  routes: readonly DeclaredRoute[],
  method: string,
  address: string,
): DeclaredRoute | undefined {
  const path = address.split('?')[0]!;
  return routes.find((route) => route.method === method && patternOf(route).test(path));
}

const patternOf = ({ path }: DeclaredRoute): RegExp =>
  new RegExp(
    `^${path
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:\w+/g, '[^/]+')
      .replace(/\*/g, '.+')}$`,
  );

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag);
  return value ? plain(value[1] ?? '') : undefined;
};

function* formsIn(html: string, page: string): Generator<Omit<Form, 'who'> & { isPost: boolean }> {
  for (const [, head = '', inside = ''] of html.matchAll(/<form([^>]*)>([^]*?)<\/form>/g)) {
    const fields: Record<string, string> = {};
    const files: string[] = [];
    for (const [tag] of inside.matchAll(/<(?:input|textarea|button|select)\b[^>]*>/g)) {
      const name = attribute(tag, 'name');
      if (!name) continue;
      if (attribute(tag, 'type') === 'file') files.push(name);
      else fields[name] ??= attribute(tag, 'value') || likely(tag);
    }
    for (const [, head2 = '', options = ''] of inside.matchAll(
      /<select([^>]*)>([^]*?)<\/select>/g,
    )) {
      const name = attribute(`<s${head2}>`, 'name');
      const option = /<option[^>]*value="([^"]+)"[^>]*>/.exec(options);
      if (name && option) fields[name] = plain(option[1]!);
    }
    const action = attribute(`<f${head}>`, 'action') || page.replace(/\?.*/, '');
    yield { action, fields, files, isPost: /method="post"/i.test(head) };
  }
}

/** What an honest person may type there. */
function likely(tag: string): string {
  if (attribute(tag, 'type') === 'date') return '2025-12-10';
  const name = attribute(tag, 'name') ?? '';
  if (/date|decidedOn|publicOn|ngay/i.test(name)) return '10/12/2025';
  if (/nam/.test(name)) return '1980';
  return /number/i.test(name) ? '7/QĐ-UBND' : 'Thử một';
}

const plain = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
