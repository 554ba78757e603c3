import { HTTPException } from 'hono/http-exception';
import { Problem, httpStatusOf } from '../kernel/index.js';
import { problemOfSql } from '../store/index.js';
import { renderPage } from '../web/index.js';
import type { Shell } from '../web/index.js';
import { siteOrigin } from './client.js';
import type { Ctx, Env } from './env.js';
import { ProblemPage } from './pages/problem-page.js';
import { notFound, notPublished } from './query.js';

/**
 * Any failure as a page of sentences. What is forbidden looks like what does not exist; a failure of
 * ours says nothing of its inside.
 */
export function problemAnswer(c: Ctx, error: unknown, stylesheetHref: string): Response {
  const found = problemOf(error);
  const isPublicSite = (c.var as Partial<Env['Variables']>).shell?.publishedAt !== undefined;
  const problem = isPublicSite && found.code === 'page-not-found' ? notPublished() : found;
  const isUnexpected = problem.code === 'unexpected';
  if (isUnexpected)
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  const shell: Shell = (c.var as Partial<Env['Variables']>).shell ?? {
    isDemo: false,
    provinceName: '',
    stylesheetHref,
    user: null,
  };
  c.header('cache-control', 'no-store');
  const wait = problem.details['waitSeconds'];
  if (problem.kind === 'too-many' && typeof wait === 'number')
    c.header('retry-after', String(wait));
  const status = isUnexpected ? 500 : httpStatusOf(problem);
  return c.html(
    renderPage(<ProblemPage shell={shell} problem={problem} back={cameFrom(c)} />),
    status,
  );
}

/** The page of ours whose form was refused: a way back to it. */
function cameFrom(c: Ctx): string | null {
  const said = c.req.header('referer') ?? '';
  if (c.req.method !== 'POST' || !URL.canParse(said)) return null;
  const { origin, pathname, search } = new URL(said);
  const isOurs = (c.var as Partial<Env['Variables']>).settings && origin === siteOrigin(c);
  return isOurs && !pathname.startsWith('//') ? `${pathname}${search}` : null;
}

const TOLD = new Set(['not-public', 'read-only-role']);

function problemOf(thrown: unknown): Problem {
  // Reads outside a transaction throw what the database says.
  const error = problemOfSql(thrown);
  // These two tell nothing of anybody's data; any other refusal looks like what does not exist.
  if (error instanceof Problem) {
    return error.kind === 'forbidden' && !TOLD.has(error.code) ? notFound() : error;
  }
  if (error instanceof HTTPException && error.status === 403) {
    return new Problem('usage', {
      code: 'foreign-origin',
      what: 'Biểu mẫu này không được gửi từ trang của hệ thống.',
      todo: 'Mở lại trang trong trình duyệt rồi gửi lại.',
    });
  }
  return new Problem('environment', {
    code: 'unexpected',
    what: 'Hệ thống gặp lỗi khi làm trang này.',
    why: 'Lỗi đã được ghi lại cho người quản trị; dữ liệu không thay đổi.',
    todo: 'Thử lại sau ít phút.',
  });
}
