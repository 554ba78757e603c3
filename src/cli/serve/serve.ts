import { completeOffices } from '../../access/index.js';
import { keepCheckpoints } from '../../audit/index.js';
import { keepJobs } from '../../jobs/index.js';
import { demoState } from '../../demo/index.js';
import { createApp, siteSettings } from '../../http/index.js';
import { Problem } from '../../kernel/index.js';
import { isNewDataDir, openStore } from '../../store/index.js';
import type { Store } from '../../store/index.js';
import type { CommandContext } from '../context.js';
import { checkpointMissing } from '../use-store.js';
import { claimServing } from './claim-serving.js';
import { drain, handOver, stage, untilAborted } from './hand-over.js';
import type { DemoBeside } from './make-demo-beside.js';
import { makeDemoBeside } from './make-demo-beside.js';
import { keepEdition } from './publish-beside.js';

/**
 * Serves until it is told to stop. The server of `boot` has been listening since the first moment; here
 * the database is opened, an empty one is filled with the demonstration province, and the application
 * takes the place of the page of progress.
 */
export async function serve(ctx: CommandContext): Promise<void> {
  const { boot } = ctx;
  if (!boot) throw new Error('serve needs the server of bin/thonban.mjs');
  const { env, clock, signal, progress } = ctx;
  const database = watched();
  const onProgress = stage(progress, 0.02, 0.06);
  const demo = isNewDataDir(env) ? beginDemo(ctx) : null;
  let store: Store | null = null;
  try {
    store = await openStore({ env, clock, onProgress, onLost: database.onLost });
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
      await completeOffices(store);
      jobs = keepJobs(store, { onProblem: (error) => progress(jobFailed(error)) });
      await handOver(
        boot,
        createApp({ store, settings, signedSecondsAgo: keeping.signedSecondsAgo }),
      );
      progress('Sẵn sàng', 1);
      publishing = keepEdition(ctx, store);
      await ctx.print({ url: boot.url, dataDir: store.dataDir }, readyText(boot.url, store));
      await Promise.race([untilAborted(signal), database.lost]);
      progress('Đang dừng');
      await Promise.all([publishing.stop(), drain(boot.server)]);
    } finally {
      await publishing?.stop();
      await jobs?.stop();
      await keeping.stop();
      claim.release();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    demo?.cancel();
    await store?.close({ force: signal.aborted });
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
  await (begun ?? beginDemo(ctx)).finish();
}

function beginDemo({ env, signal, progress, options }: CommandContext): DemoBeside {
  const scale = options.number('demo-scale');
  return makeDemoBeside({ env, signal, onProgress: stage(progress, 0.06, 0.97), scale });
}

/** A service whose database is gone for good ends, so that whoever looks after it hears of it. */
function watched() {
  let onLost: (error: unknown) => void = () => undefined;
  const lost = new Promise<never>((_resolve, reject) => {
    onLost = (error) => reject(databaseLost(error));
  });
  lost.catch(() => undefined);
  return { lost, onLost };
}

const databaseLost = (error: unknown): Problem =>
  new Problem(
    'environment',
    {
      code: 'database-lost',
      what: 'Cơ sở dữ liệu đã dừng và không khởi động lại được, nên hệ thống dừng theo.',
      why: error instanceof Problem ? (error.why ?? error.what) : String(error),
      todo: 'Xem postgres.log trong thư mục dữ liệu, sửa nguyên nhân rồi khởi động lại.',
    },
    error,
  );

const jobFailed = (error: unknown): string =>
  `Chưa chạy được việc hẹn giờ, sẽ thử lại: ${error instanceof Error ? error.message : String(error)}`;

function readyText(url: string, store: Store): string {
  const where = store.how === 'external' ? 'DATABASE_URL' : store.dataDir;
  return `Thôn Bản đang chạy tại ${url}\nDữ liệu: ${where}\nNhấn Ctrl-C để dừng.`;
}
