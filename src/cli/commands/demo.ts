import { demoAccounts } from '../../access/index.js';
import type { DemoResult } from '../../demo/index.js';
import { buildProvince, makeDemo } from '../../demo/index.js';
import { formatInteger } from '../../kernel/index.js';
import type { Command } from '../context.js';

export const command: Command = {
  name: 'demo',
  summary: 'dựng tỉnh Lạng Sơn mô phỏng trong một thư mục dữ liệu trống',
  usage: ['demo [--scale TỶ_LỆ] [--seed SỐ] [--json]'],
  options: {
    scale: {
      type: 'string',
      hint: 'TỶ_LỆ',
      description: 'phần số hộ của tỉnh, từ 0.005 đến 1 (mặc định 1)',
    },
    seed: { type: 'string', hint: 'SỐ', description: 'cùng số này thì dựng ra cùng một tỉnh' },
  },
  async run(ctx) {
    const scale = ctx.options.number('scale');
    const seed = ctx.options.integer('seed');
    const chosen = {
      ...(scale !== undefined && { scale }),
      ...(seed !== undefined && { seed }),
    };
    // First of all: a service that starts us may still be opening the database.
    const province = buildProvince(chosen);
    const made = await ctx.withStore((store) =>
      makeDemo(store, {
        ...chosen,
        province,
        onProgress: (message, fraction) => {
          ctx.progress(message, fraction);
        },
      }),
    );
    await ctx.print(made, () => described(made));
  },
};

function described(made: DemoResult): string {
  const rounds = made.rounds.map(
    ({ round, residentHouseholds, poor, nearPoor }) =>
      `  ${round}: ${formatInteger(residentHouseholds)} hộ, ` +
      `${formatInteger(poor)} hộ nghèo, ${formatInteger(nearPoor)} hộ cận nghèo`,
  );
  const accounts = demoAccounts().map(
    ({ username, password, role }) => `  ${username} / ${password}  (${role})`,
  );
  return [
    `Đã dựng tỉnh mô phỏng: ${formatInteger(made.villages)} thôn, số hạt giống ${made.seed}.`,
    'SỐ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC',
    ...rounds,
    'Tài khoản trình diễn:',
    ...accounts,
  ].join('\n');
}
