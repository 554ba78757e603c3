import type { Command } from '../context.js';

export const command: Command = {
  name: 'build',
  summary: 'dựng chương trình từ mã nguồn (tự làm mỗi khi chạy, nếu mã nguồn đổi)',
  usage: ['build'],
  options: {},
  /** `bin/thonban.mjs` builds before any command runs; reaching this line is the proof. */
  async run(ctx) {
    await ctx.print({ built: true }, 'Bản dựng đã mới nhất.');
  },
};
