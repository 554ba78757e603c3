import { Problem } from '../../kernel/index.js';
import { isNewDataDir, openStore } from '../../store/index.js';
import type { Store } from '../../store/index.js';
import type { CommandContext } from '../context.js';
import { stage } from './hand-over.js';
import { makeDemoBeside } from './make-demo-beside.js';

/**
 * Serves until it is told to stop. The server of `boot` has been listening since the first moment; here
 * the database is opened, and what else a start needs is done meanwhile: the program of the site is
 * loaded, and for an empty data directory the demonstration province is begun.
 */
export async function serve(ctx: CommandContext): Promise<void> {
  const { env, clock, signal, progress } = ctx;
  const demo = isNewDataDir(env) ? makeDemoBeside(ctx) : null;
  const database = watched();
  const opening = openStore({
    env,
    clock,
    onProgress: stage(progress, 0.02, 0.06),
    onLost: database.onLost,
  });
  const loading = import('./run-site.js');
  // Heard of below, unless the database does not open: then that is the reason.
  loading.catch(() => undefined);
  let store: Store | null = null;
  try {
    store = await opening;
    const { runSite } = await loading;
    await runSite(ctx, { store, demo, lost: database.lost });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    demo?.cancel();
    await store?.close({ force: signal.aborted });
  }
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
