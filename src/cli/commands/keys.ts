import { SEALED_ACCOUNT_LINKS, SEALED_TOTP } from '../../access/index.js';
import { SEALED_IDENTIFIERS } from '../../registry/index.js';
import { dropKey, keyStatus, rotateKeys } from '../../store/index.js';
import type { KeyStatus } from '../../store/index.js';
import { chooseAct } from '../args.js';
import type { Command, CommandContext } from '../context.js';
import { installation } from '../installation.js';

const TABLES = [SEALED_IDENTIFIERS, SEALED_TOTP, SEALED_ACCOUNT_LINKS];

export const command: Command = {
  name: 'keys',
  summary: 'khóa mã hóa số định danh cá nhân: xem, xoay khi hệ thống đang chạy',
  usage: [
    'keys status [--json]',
    'keys rotate --reason LÝ_DO [--batch SỐ_DÒNG] [--pause MILI_GIÂY] [--json]',
    'keys drop --key MÃ_KHÓA --reason LÝ_DO [--json]',
  ],
  options: {
    reason: { type: 'string', hint: 'LÝ_DO', description: 'vì sao xoay hoặc bỏ khóa' },
    key: { type: 'string', hint: 'MÃ_KHÓA', description: 'khóa cũ cần bỏ hẳn' },
    batch: { type: 'string', hint: 'SỐ_DÒNG', description: 'số dòng mỗi lượt (mặc định 500)' },
    pause: { type: 'string', hint: 'MILI_GIÂY', description: 'nghỉ giữa hai lượt (mặc định 0)' },
  },
  run: (ctx) => chooseAct(ctx, command, { status, rotate, drop }),
};

async function status(ctx: CommandContext): Promise<void> {
  const answer = await ctx.withStore(async (store) =>
    keyStatus(store, await installation(store), TABLES),
  );
  await ctx.print(answer, () => statusText(answer));
}

function statusText({ keys, left, lost }: KeyStatus): string {
  const lines = keys.map(({ id, madeAt, isCurrent, rows }) => {
    const counts = TABLES.map(({ name, label }) => `${label}: ${rows[name] ?? 0}`).join(', ');
    const kind = isCurrent ? 'khóa hiện hành' : madeAt === null ? 'KHÔNG CÓ KHÓA' : 'khóa cũ';
    return `${id} (${kind}) – ${counts}`;
  });
  if (lost > 0) lines.push(`${lost} dòng không mở được vì thiếu khóa: khôi phục keys.json.`);
  else if (left > 0) lines.push(`Còn ${left} dòng ở khóa cũ: chạy tiếp "thonban keys rotate".`);
  return lines.join('\n');
}

async function rotate(ctx: CommandContext): Promise<void> {
  const reason = ctx.options.required('reason');
  const batch = ctx.options.integer('batch');
  const pause = ctx.options.integer('pause');
  const done = await ctx.withStore(async (store) =>
    rotateKeys(store, TABLES, {
      ...{ actor: await installation(store), reason },
      ...(batch !== undefined && { batch: Math.max(1, batch) }),
      ...(pause !== undefined && { pauseMillis: Math.max(0, pause) }),
      onProgress: (message) => ctx.progress(message),
      signal: ctx.signal,
    }),
  );
  const total = Object.values(done.moved).reduce((sum, rows) => sum + rows, 0);
  const how = done.isResumed ? 'Đã xoay nốt lần trước' : 'Đã xoay';
  await ctx.print(done, `${how}: ${total} dòng nay mã hóa bằng khóa ${done.key}.`);
}

async function drop(ctx: CommandContext): Promise<void> {
  const id = ctx.options.required('key');
  const reason = ctx.options.required('reason');
  await ctx.withStore(async (store) =>
    dropKey(store, TABLES, { actor: await installation(store), id, reason }),
  );
  await ctx.print(
    { dropped: id },
    `Đã bỏ khóa ${id}; bản sao lưu cũ dùng khóa này sẽ không mở được.`,
  );
}
