import { usage } from '../args.js';
import type { Command } from '../context.js';

export const command: Command = {
  name: 'serve',
  summary: 'chạy hệ thống trên trình duyệt (lần đầu tự dựng tỉnh mô phỏng)',
  usage: [
    'serve [--port CỔNG] [--host ĐỊA_CHỈ] [--demo-scale TỶ_LỆ]',
    'serve --public [--from TỆP] [--port CỔNG] [--host ĐỊA_CHỈ]',
  ],
  options: {
    port: { type: 'string', hint: 'CỔNG', description: 'cổng HTTP (mặc định PORT hoặc 8080)' },
    host: {
      type: 'string',
      hint: 'ĐỊA_CHỈ',
      description: 'địa chỉ HTTP (mặc định HOST hoặc 127.0.0.1)',
    },
    public: {
      type: 'boolean',
      description: 'chỉ phục vụ trang công khai, từ bản công khai đã lập',
    },
    from: {
      type: 'string',
      hint: 'TỆP',
      description: 'bản công khai xuất bằng "thonban publish export"; không cần cơ sở dữ liệu',
    },
    'demo-scale': {
      type: 'string',
      hint: 'TỶ_LỆ',
      description: 'quy mô tỉnh mô phỏng khi dựng lần đầu (mặc định 1)',
    },
  },
  // The whole site is loaded only to serve it, not to print the list of commands.
  run: async (ctx) => {
    if (ctx.options.flag('public')) {
      return (await import('../serve/serve-public.js')).servePublic(ctx);
    }
    if (ctx.options.text('from') !== undefined) {
      throw usage(command, 'from-without-public', '--from chỉ dùng cùng --public.');
    }
    return (await import('../serve/serve.js')).serve(ctx);
  },
};
