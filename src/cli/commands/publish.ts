import path from 'node:path';
import { Problem, formatInteger } from '../../kernel/index.js';
import { exportEdition, publish, readExport } from '../../publication/index.js';
import { usage } from '../args.js';
import type { Command, CommandContext } from '../context.js';
import { chooseAct } from '../args.js';

export const command: Command = {
  name: 'publish',
  summary: 'lập bản công khai, xuất ra một tệp để phục vụ ở máy khác, kiểm tra tệp',
  usage: [
    'publish [--complete] [--json]',
    'publish export TỆP [--json]',
    'publish check TỆP [--json]',
  ],
  options: {
    complete: { type: 'boolean', description: 'tính lại mọi đợt, kể cả đợt không đổi' },
  },
  run: (ctx) =>
    ctx.args.length === 0
      ? publishNow(ctx)
      : chooseAct(ctx, command, { export: exportFile, check: checkFile }),
};

/** Brings the projections to the present state of the books. */
async function publishNow(ctx: CommandContext): Promise<void> {
  const { progress } = ctx;
  const isComplete = ctx.options.flag('complete');
  const made = await ctx.withStore((store) => publish(store, { isComplete, onProgress: progress }));
  await ctx.print(
    made,
    made.changed === 0
      ? 'Bản công khai đã đúng với sổ; không có gì thay đổi.'
      : `Đã lập bản công khai: ${formatInteger(made.changed)} trên ${formatInteger(made.shelves)} phần thay đổi.`,
  );
}

/** Brings the projections up to date, then writes them into a file. */
async function exportFile(ctx: CommandContext): Promise<void> {
  const file = fileOf(ctx);
  const { progress } = ctx;
  const made = await ctx.withStore(async (store) => {
    await publish(store, { onProgress: progress });
    return exportEdition(store, file);
  });
  await ctx.print(
    made,
    `Đã xuất bản công khai ra ${file} (${formatInteger(Math.ceil(made.bytes / 1024))} KB).\n` +
      `Phục vụ ở máy khác: thonban serve --public --from ${path.basename(file)}`,
  );
}

/** Reads an export as `serve --public --from` does, without a database. */
async function checkFile(ctx: CommandContext): Promise<void> {
  const file = fileOf(ctx);
  const { head, shelves } = await readExport(file);
  await ctx.print(
    { file, ...head, shelves: shelves.size },
    `${file}: nguyên vẹn, ${head.kind === 'demo' ? 'số liệu mô phỏng' : 'số liệu thật'}, ` +
      `tỉnh ${head.provinceCode}, lập lúc ${head.madeAt.toISOString()}, ${shelves.size} phần.`,
  );
}

function fileOf(ctx: CommandContext): string {
  const [file, ...more] = ctx.args;
  if (file !== undefined && more.length === 0) return path.resolve(file);
  throw file === undefined
    ? usage(command, 'file-missing', 'Thiếu tên tệp.')
    : new Problem('usage', {
        code: 'too-many-files',
        what: 'Chỉ nêu một tệp.',
        todo: 'Tên tệp có dấu cách thì đặt trong dấu ngoặc kép.',
      });
}
