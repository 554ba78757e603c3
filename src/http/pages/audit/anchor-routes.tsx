import { day, daysInMonth, today } from '../../../kernel/index.js';
import type { Ctx } from '../../env.js';
import { page } from '../../render-page.js';
import { AnchorPage } from './anchor-page.js';

/** GET /nhat-ky/neo?thang=2025-10: for everybody. */
export async function anchors(c: Ctx): Promise<Response> {
  const book = c.get('view').anchors;
  const now = today(c.get('clock'));
  const asked = c.req.query('thang') ?? '';
  const months = await book.months();
  const month = months.find((one) => one === asked) ?? months[0] ?? now.slice(0, 7);
  const [from, to] = daysOf(month);
  const data = {
    ...{ month, newest: await book.newest(), anchors: await book.between(from, to) },
    months: months.map((value) => ({ value, label: monthLabel(value) })),
  };
  return page(c, <AnchorPage shell={c.get('shell')} {...data} today={now} />);
}

function daysOf(month: string) {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return [day(`${month}-01`), day(`${month}-${daysInMonth(year, number)}`)] as const;
}

const monthLabel = (month: string): string => `Tháng ${month.slice(5)}/${month.slice(0, 4)}`;
