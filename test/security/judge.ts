import { PROJECT_ROOT } from '../../src/store/index.js';
import type { Answer, Site } from './site.js';

const SHOWS_INSIDE =
  /\bat (?:async )?[\w.<>]+ \(?(?:file:|node:|\/)|node_modules|syntax error at|violates \w+ constraint|ECONNREFUSED|\b(?:Type|Range|Reference|Syntax)Error\b|\bselect .{1,80}\bfrom\b .{1,40}\bwhere\b|SQLSTATE|pg_catalog|\/tmp\/|\/home\//i;
const VIETNAMESE = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i;

/** What must hold of any answer, whatever was asked: each breach as a sentence. */
export function breaches(site: Site, answer: Answer): string[] {
  const { status, headers, body } = answer;
  const type = headers.get('content-type') ?? '';
  const found: string[] = [];
  if (status >= 500) found.push(`answered ${status}`);
  if (status >= 400) found.push(...breachesOfRefusal(site, answer, type));
  if (type.includes('html') && /<zqx|\szqa="1"|<script/i.test(body)) {
    found.push('holds what was typed as HTML');
  }
  for (const [name, value] of headers) {
    if (/[\r\n\0]/.test(value)) found.push(`broken header ${name}`);
  }
  if (headers.has('x-zq') || headers.getSetCookie().some((one) => one.startsWith('zq='))) {
    found.push('a header was smuggled in');
  }
  const to = headers.get('location');
  if (to !== null && !/^\/(?![/\\])/.test(to)) found.push(`leads away: ${to}`);
  if (!headers.has('content-security-policy')) found.push('has no content security policy');
  if (headers.get('x-content-type-options') !== 'nosniff') found.push('lets the browser guess');
  if (status === 200 && type.includes('text/csv')) found.push(...formulasIn(body));
  return found;
}

function breachesOfRefusal(site: Site, { body, status }: Answer, type: string): string[] {
  const found: string[] = [];
  const inside = SHOWS_INSIDE.exec(body)?.[0];
  if (inside !== undefined) found.push(`shows its inside: ${inside}`);
  if (body.includes(PROJECT_ROOT) || body.includes(site.store.dataDir)) found.push('shows a path');
  if (type.includes('json')) {
    const { problem } = JSON.parse(body) as { problem?: { what?: string } };
    if (!VIETNAMESE.test(problem?.what ?? '')) found.push(`${status} without a sentence`);
  } else if (status !== 304 && (!type.includes('html') || !VIETNAMESE.test(textOf(body)))) {
    found.push(`${status} without a sentence: ${body.slice(0, 80)}`);
  }
  return found;
}

const textOf = (html: string): string => /<main[^]*<\/main>/.exec(html)?.[0] ?? '';

/** Cells that a spreadsheet program would carry out. */
function formulasIn(csv: string): string[] {
  const cells = csv.split(/\r?\n/).flatMap((line) => line.split(/[,;](?=(?:[^"]*"[^"]*")*[^"]*$)/));
  return cells
    .map((cell) => cell.replace(/^\ufeff?"|"$/g, ''))
    .filter((cell) => /^[=+@\t\r]|^-(?![\d.,\s]|$)/.test(cell))
    .map((cell) => `a cell is a formula: ${cell.slice(0, 40)}`);
}
