import { completeOffices } from '../../access/index.js';
import { keepCheckpoints } from '../../audit/index.js';
import { demoState } from '../../demo/index.js';
import { createApp, siteSettings } from '../../http/index.js';
import { keepJobs } from '../../jobs/index.js';
import type { Store } from '../../store/index.js';
import type { CommandContext } from '../context.js';
import { checkpointMissing } from '../use-store.js';
import { claimServing } from './claim-serving.js';
import { drain, drawHome, handOver, untilAborted } from './hand-over.js';
import type { DemoBeside } from './make-demo-beside.js';
import { makeDemoBeside } from './make-demo-beside.js';
import { keepEdition } from './publish-beside.js';

export interface SiteParts {
  store: Store;
  /** The demonstration, where it was begun before the database was open. */
  demo: DemoBeside | null;
  /** Rejects when the database is gone for good. */
  lost: Promise<never>;
}

/**
 * Fills an empty database with the demonstration, puts the application in the place of the page of
 * progress, and keeps what runs beside it: signatures of the log, jobs, the public edition. Ends in
 * order when it is told to.
 */
export async function runSite(
  ctx: CommandContext,
  { store, demo, lost }: SiteParts,
): Promise<void> {
  const { boot, env, signal, progress } = ctx;
  if (!boot) throw new Error('serve needs the server of bin/thonban.mjs');
  // Told before anything long is begun.
  const settings = siteSettings(env, store.dataDir);
  const claim = await claimServing(store, boot.url);
  const keeping = keepCheckpoints(store, {
    onProblem: (error) => progress(checkpointMissing(error)),
  });
  let jobs: ReturnType<typeof keepJobs> | null = null;
  let publishing: ReturnType<typeof keepEdition> | null = null;
  try {
    await ensureInstance(ctx, store, demo);
    if (signal.aborted) return;
    const app = createApp({ store, settings, signedSecondsAgo: keeping.signedSecondsAgo });
    await Promise.all([completeOffices(store), drawHome(boot, app)]);
    jobs = keepJobs(store, { onProblem: (error) => progress(jobFailed(error)) });
    handOver(boot, app);
    progress('Sẵn sàng', 1);
    publishing = keepEdition(ctx, store);
    await ctx.print({ url: boot.url, dataDir: store.dataDir }, readyText(boot.url, store));
    await Promise.race([untilAborted(signal), lost]);
    progress('Đang dừng');
    await Promise.all([publishing.stop(), drain(boot.server)]);
  } finally {
    await publishing?.stop();
    await jobs?.stop();
    await keeping.stop();
    claim.release();
  }
}

/** An empty database becomes the demonstration; one that was interrupted is completed. */
async function ensureInstance(
  ctx: CommandContext,
  store: Store,
  begun: DemoBeside | null,
): Promise<void> {
  const { kind } = await demoState(store);
  if (kind === 'complete' || kind === 'real' || ctx.signal.aborted) return;
  await (begun ?? makeDemoBeside(ctx)).finish();
}

const jobFailed = (error: unknown): string =>
  `Chưa chạy được việc hẹn giờ, sẽ thử lại: ${error instanceof Error ? error.message : String(error)}`;

function readyText(url: string, store: Store): string {
  const where = store.how === 'external' ? 'DATABASE_URL' : store.dataDir;
  return `Thôn Bản đang chạy tại ${url}\nDữ liệu: ${where}\nNhấn Ctrl-C để dừng.`;
}
