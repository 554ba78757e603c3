import { documentRegister, showDocument } from '../../../law/index.js';
import { formatDate, cutText, tidyText, today, withoutDiacritics } from '../../../kernel/index.js';
import { parsePlainDate } from '../../../kernel/index.js';
import type { Ctx } from '../../env.js';
import { notFound } from '../../query.js';
import { page } from '../../render-page.js';
import { LawListPage, LawPage } from './law-pages.js';

/** GET /van-ban?tim= */
export async function lawList(c: Ctx): Promise<Response> {
  const query = cutText(tidyText(c.req.query('tim') ?? ''), 80);
  const wanted = withoutDiacritics(query);
  const all = documentRegister().documents;
  const documents = all.filter(({ number, title }) =>
    withoutDiacritics(`${number} ${title ?? ''}`).includes(wanted),
  );
  return page(
    c,
    <LawListPage shell={c.get('shell')} documents={documents} total={all.length} query={query} />,
  );
}

/** GET /van-ban/xem?so=&ngay= */
export async function law(c: Ctx): Promise<Response> {
  const number = tidyText(c.req.query('so') ?? '');
  if (!number || number.length > 80) throw notFound();
  const issued = parsePlainDate(c.req.query('ngay') ?? '');
  const on = today(c.get('clock'));
  const document = showDocument(issued ? `${number} ngày ${formatDate(issued)}` : number, on);
  return page(c, <LawPage shell={c.get('shell')} document={document} today={on} />);
}
