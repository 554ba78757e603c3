import { Problem } from '../../kernel/index.js';
import type { BenchFigure } from '../bench/bench-figure.js';
import { BENCHES, runBench } from '../bench/run-bench.js';
import type { Command } from '../context.js';

const NAMES = Object.keys(BENCHES);

export const command: Command = {
  name: 'bench',
  summary: 'đo tốc độ và bộ nhớ trên tỉnh mô phỏng, mỗi kết quả một dòng JSON',
  usage: ['bench [--only TÊN] [--scale TỶ_LỆ] [--json]'],
  options: {
    only: {
      type: 'string',
      multiple: true,
      hint: 'TÊN',
      description: `chỉ đo phần này (${NAMES.join(', ')}); dùng được nhiều lần`,
    },
    scale: {
      type: 'string',
      hint: 'TỶ_LỆ',
      description: 'quy mô tỉnh mô phỏng, 0.05 đến 1 (mặc định 1)',
    },
  },
  async run(ctx) {
    const only = ctx.options.list('only');
    const unknown = only.find((name) => !NAMES.includes(name));
    if (unknown !== undefined) {
      throw new Problem('usage', {
        code: 'bench-unknown',
        what: `Không có phép đo "${unknown}".`,
        todo: `Các phép đo: ${NAMES.join(', ')}.`,
      });
    }
    const scale = ctx.options.number('scale') ?? 1;
    // A tenth of it is measured too, and the smallest province has a scale of 0.005.
    if (scale < 0.05 || scale > 1) {
      throw new Problem('usage', {
        code: 'bench-scale',
        what: `Quy mô ${scale} nằm ngoài khoảng 0.05 đến 1.`,
      });
    }
    const figures: BenchFigure[] = [];
    const report = async (figure: BenchFigure) => {
      figures.push(figure);
      if (!ctx.json) await ctx.write(JSON.stringify(figure));
    };
    const { env, signal, progress: onProgress } = ctx;
    await runBench(only, { scale, env, signal, onProgress }, report);
    if (ctx.json) await ctx.print(figures);
  },
};
