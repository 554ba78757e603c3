import type { Command } from '../context.js';

export const command: Command = {
  name: 'serve',
  summary: 'chạy hệ thống trên trình duyệt (lần đầu tự dựng tỉnh mô phỏng)',
  usage: ['serve [--port CỔNG] [--host ĐỊA_CHỈ] [--demo-scale TỶ_LỆ]'],
  options: {
    port: { type: 'string', hint: 'CỔNG', description: 'cổng HTTP (mặc định PORT hoặc 8080)' },
    host: {
      type: 'string',
      hint: 'ĐỊA_CHỈ',
      description: 'địa chỉ HTTP (mặc định HOST hoặc 127.0.0.1)',
    },
    'demo-scale': {
      type: 'string',
      hint: 'TỶ_LỆ',
      description: 'quy mô tỉnh mô phỏng khi dựng lần đầu (mặc định 1)',
    },
  },
  // The whole site is loaded only to serve it, not to print the list of commands.
  run: async (ctx) => (await import('../serve/serve.js')).serve(ctx),
};
