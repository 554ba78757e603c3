import path from 'node:path';
import { createPublicApp, publicSiteSettings, tryPublicPages } from '../../http/index.js';
import type { EditionSource, PublicView } from '../../publication/index.js';
import { databaseSource, fileSource } from '../../publication/index.js';
import { openPublicStore } from '../../store/index.js';
import type { CommandContext } from '../context.js';
import { problemText } from '../output.js';
import { Problem } from '../../kernel/index.js';
import { drain, drawHome, handOver, stage, untilAborted } from './hand-over.js';

/**
 * Serves the public pages and the public API from published projections: those in the database, read as
 * `thonban_public`, or those of an exported file, without any database. No other login is used, and no
 * address of officers exists here.
 */
export async function servePublic(ctx: CommandContext): Promise<void> {
  const { boot, clock, env, signal, progress } = ctx;
  if (!boot) throw new Error('serve needs the server of bin/thonban.mjs');
  const settings = publicSiteSettings(env);
  const opened = await openSource(ctx);
  try {
    if (signal.aborted) return;
    const { source, where } = opened;
    const app = createPublicApp({ source, clock, settings });
    await drawHome(boot, app);
    handOver(boot, app);
    progress('Sẵn sàng', 1);
    const { madeAt, kind, provinceCode } = source.edition.head;
    const ready = { url: boot.url, from: where, madeAt, kind, provinceCode };
    await ctx.print(
      ready,
      `Trang công khai đang chạy tại ${boot.url}\nBản công khai: ${where}\nNhấn Ctrl-C để dừng.`,
    );
    await untilAborted(signal);
    progress('Đang dừng');
    await drain(boot.server);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await opened.close();
  }
}

interface Opened {
  source: EditionSource;
  where: string;
  close(): Promise<void>;
}

async function openSource(ctx: CommandContext): Promise<Opened> {
  const { clock, env, stderr, progress } = ctx;
  const onProblem = (error: unknown): void => {
    stderr.write(`${error instanceof Problem ? problemText(error) : String(error)}\n`);
  };
  const tryOut = (view: PublicView) => tryPublicPages(view, clock);
  const from = ctx.options.text('from');
  if (from !== undefined) {
    const file = path.resolve(from);
    progress('Đọc bản công khai', 0.2);
    const source = await fileSource(file, { onProblem, tryOut });
    return { source, where: file, close: () => Promise.resolve() };
  }
  const store = await openPublicStore({ env, onProgress: stage(progress, 0.05, 0.2) });
  try {
    progress('Đọc bản công khai', 0.2);
    const source = await databaseSource(store, { onProblem, tryOut });
    const where = store.how === 'external' ? 'DATABASE_PUBLIC_URL' : store.dataDir;
    return { source, where, close: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}
