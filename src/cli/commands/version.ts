import fs from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../../store/index.js';
import type { Command } from '../context.js';

export const command: Command = {
  name: 'version',
  summary: 'phiên bản phần mềm',
  usage: ['version [--json]'],
  options: {},
  async run(ctx) {
    const manifest = fs.readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    await ctx.print({ version, node: process.version }, `Thôn Bản ${version}`);
  },
};
