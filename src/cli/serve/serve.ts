import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { keepCheckpoints } from '../../audit/index.js';
import { demoState } from '../../demo/index.js';
import { createApp, siteSettings } from '../../http/index.js';
import type { SiteSettings } from '../../http/index.js';
import { Problem } from '../../kernel/index.js';
import { openStore } from '../../store/index.js';
import type { OnProgress, Store } from '../../store/index.js';
import type { Boot, CommandContext } from '../context.js';
import { checkpointMissing } from '../use-store.js';
import { claimServing } from './claim-serving.js';
import { makeDemoBeside } from './make-demo-beside.js';

/** Requests under way get this long to finish after Ctrl-C. */
const DRAIN_MILLIS = 10_000;

/**
 * Serves until it is told to stop. The server of `boot` has been listening since the first moment; here
 * the database is opened, an empty one is filled with the demonstration province, and the application
 * takes the place of the page of progress.
 */
export async function serve(ctx: CommandContext): Promise<void> {
  const { boot } = ctx;
  if (!boot) throw new Error('serve needs the server of bin/thonban.mjs');
  const { env, clock, signal, progress } = ctx;
  const store = await openStore({ env, clock, onProgress: stage(progress, 0.02, 0.06) });
  try {
    // Told before anything long is begun.
    const settings = siteSettings(env, store.dataDir);
    const claim = await claimServing(store, boot.url);
    const keeping = keepCheckpoints(store, {
      onProblem: (error) => progress(checkpointMissing(error)),
    });
    try {
      await ensureInstance(ctx, store);
      if (signal.aborted) return;
      await handOver(boot, store, settings);
      progress('Sẵn sàng', 1);
      await ctx.print({ url: boot.url, dataDir: store.dataDir }, readyText(boot.url, store));
      await untilAborted(signal);
      progress('Đang dừng');
      await drain(boot.server);
    } finally {
      await keeping.stop();
      claim.release();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await store.close({ force: signal.aborted });
  }
}

/** An empty database becomes the demonstration; one that was interrupted is completed. */
async function ensureInstance(ctx: CommandContext, store: Store): Promise<void> {
  const { kind } = await demoState(store);
  if (kind === 'complete' || kind === 'real' || ctx.signal.aborted) return;
  const scale = ctx.options.number('demo-scale');
  const { env, signal } = ctx;
  const onProgress = stage(ctx.progress, 0.06, 0.97);
  await makeDemoBeside({ dataDir: store.dataDir, env, signal, onProgress, scale });
}

/** Fits the progress of one stage, told as 0–1, into its share of the whole start. */
function stage(progress: OnProgress, from: number, to: number): OnProgress {
  return (message, fraction = 0) => progress(message, from + (to - from) * fraction);
}

async function handOver(
  { server, progress }: Boot,
  store: Store,
  settings: SiteSettings,
): Promise<void> {
  progress('Tính số liệu trang đầu', 0.98);
  const app = createApp({ store, settings });
  // The first person to come should not be the one who waits for the caches.
  const first = await app.request('/');
  if (first.status >= 500) {
    throw new Problem('environment', {
      code: 'home-page-failed',
      what: 'Trang đầu không dựng được.',
      why: `Ứng dụng trả lời mã ${first.status}.`,
      todo: 'Xem nội dung lỗi phía trên.',
    });
  }
  server.removeAllListeners('request');
  const listener = getRequestListener(app.fetch);
  server.on('request', (request, response) => void listener(request, response));
}

function readyText(url: string, store: Store): string {
  const where = store.how === 'external' ? 'DATABASE_URL' : store.dataDir;
  return `Thôn Bản đang chạy tại ${url}\nDữ liệu: ${where}\nNhấn Ctrl-C để dừng.`;
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** No new connections; idle ones are closed, busy ones get a moment to answer. */
function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MILLIS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
