import { basename, resolve } from 'node:path';
import { isId, newId } from '../../kernel/index.js';
import type { ImportResult } from '../../review/index.js';
import { importReview, listImports, undoImport } from '../../review/index.js';
import { withActor } from '../../store/index.js';
import { chooseAct, usage } from '../args.js';
import type { Command, CommandContext } from '../context.js';
import { importLine, importText } from '../import-text.js';
import { installation } from '../installation.js';

export const command: Command = {
  name: 'import',
  summary: 'nhập tệp rà soát, xem các lần nhập, hủy một lần nhập',
  usage: [
    'import review TỆP --round NĂM [--dry-run] [--area MÃ_XÃ] [--sheet "TÊN_TRANG=MÃ_XÃ"] [--json]',
    'import list [--json]',
    'import undo MÃ_LẦN_NHẬP --reason "LÝ DO" [--json]',
  ],
  options: {
    round: { type: 'string', hint: 'NĂM', description: 'năm của đợt rà soát' },
    'dry-run': { type: 'boolean', description: 'chỉ đọc và đếm, không ghi vào sổ' },
    area: { type: 'string', hint: 'MÃ_XÃ', description: 'mã xã của trang duy nhất trong tệp' },
    sheet: {
      type: 'string',
      multiple: true,
      hint: 'TÊN=MÃ',
      description: 'mã xã của một trang; dùng được nhiều lần',
    },
    reason: { type: 'string', hint: 'LÝ_DO', description: 'lý do hủy' },
  },
  run: (ctx) => chooseAct(ctx, command, { review, list, undo }),
};

async function review(ctx: CommandContext): Promise<number> {
  const [path, extra] = ctx.args;
  if (path === undefined) throw usage(command, 'file-missing', 'Chưa nêu tệp cần nhập.');
  if (extra !== undefined) throw usage(command, 'one-file', `Thừa tham số "${extra}".`);
  const round = ctx.options.integer('round');
  if (round === undefined) throw usage(command, 'option-missing', 'Thiếu tùy chọn --round.');
  const area = ctx.options.text('area');
  const sheetUnits = sheetUnitsOf(ctx.options.list('sheet'));
  const result = await ctx.withStore(async (store) =>
    importReview(store, {
      actor: await installation(store),
      commandId: newId(store.clock),
      file: resolve(path),
      fileName: basename(path),
      round,
      sheetUnits,
      dryRun: ctx.options.flag('dry-run'),
      onProgress: ctx.progress,
      signal: ctx.signal,
      ...(area !== undefined && { area }),
    }),
  );
  await ctx.print(result, () => importText(result));
  return result.unresolvedSheets.length > 0 ? 1 : 0;
}

async function list(ctx: CommandContext): Promise<void> {
  const imports = await ctx.withStore(async (store) =>
    withActor(store, await installation(store), listImports, { readOnly: true }),
  );
  await ctx.print(imports, () => imports.map(importLine).join('\n') || 'Chưa có lần nhập nào.');
}

async function undo(ctx: CommandContext): Promise<void> {
  const [importId] = ctx.args;
  if (importId === undefined || !isId(importId)) {
    throw usage(command, 'import-id', 'Cần mã của lần nhập, xem bằng: thonban import list.');
  }
  const reason = ctx.options.required('reason');
  const result = await ctx.withStore(async (store): Promise<ImportResult> => {
    const actor = await installation(store);
    return undoImport(store, { actor, commandId: newId(store.clock), importId, reason });
  });
  await ctx.print(result, `Đã hủy lần nhập ${result.fileName}, đợt ${result.round}.`);
}

/** `"Trang 1=06004"` → { "Trang 1": "06004" }; the code is what follows the last sign. */
function sheetUnitsOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.lastIndexOf('=');
      if (at <= 0) throw usage(command, 'bad-sheet', `Không đọc được --sheet "${text}".`);
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    }),
  );
}
