import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Problem } from '../../kernel/index.js';
import type { OnProgress } from '../../store/index.js';
import type { Boot } from '../context.js';

/** Requests under way get this long to finish after Ctrl-C. */
const DRAIN_MILLIS = 10_000;

/** What a site is to the server: hono's `fetch`, and a way to ask it from within. */
interface SiteApp {
  fetch: Parameters<typeof getRequestListener>[0];
  request(path: string): Response | Promise<Response>;
}

/** Draws the home page once: the first person to come should not be the one who waits for the caches. */
export async function drawHome({ progress }: Boot, app: SiteApp): Promise<void> {
  progress('Tính số liệu trang đầu', 0.98);
  const first = await app.request('/');
  if (first.status >= 500) {
    throw new Problem('environment', {
      code: 'home-page-failed',
      what: 'Trang đầu không dựng được.',
      why: `Ứng dụng trả lời mã ${first.status}.`,
      todo: 'Xem nội dung lỗi phía trên.',
    });
  }
}

/** Puts the application in the place of the page of progress. */
export function handOver({ server }: Boot, app: SiteApp): void {
  server.removeAllListeners('request');
  const listener = getRequestListener(app.fetch);
  server.on('request', (request, response) => void listener(request, response));
}

/** Fits the progress of one stage, told as 0–1, into its share of the whole start. */
export function stage(progress: OnProgress, from: number, to: number): OnProgress {
  return (message, fraction = 0) => progress(message, from + (to - from) * fraction);
}

export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** No new connections; idle ones are closed, busy ones get a moment to answer. */
export function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MILLIS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
