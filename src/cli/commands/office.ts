import { chooseAct } from '../args.js';
import type { Command } from '../context.js';
import { listAct, showAct } from '../offices/look-up-acts.js';
import { cancelAct, planAct } from '../offices/plan-acts.js';

export const command: Command = {
  name: 'office',
  summary: 'cơ quan: danh sách, ai giữ vai trò nào, sắp xếp khi xã sáp nhập hoặc kết thúc',
  usage: [
    'office list [--on NGÀY] [--json]',
    'office show MÃ_CƠ_QUAN [--json]',
    'office plan [--json]    (các ngày có thay đổi và các việc đã lập)',
    'office plan --on NGÀY [--unit MÃ_XÃ [--to VAI_TRÒ=MÃ_XÃ_MỚI|end]... [--set]] [--json]',
    'office cancel MÃ_VIỆC --reason LÝ_DO [--json]',
  ],
  options: {
    on: { type: 'string', hint: 'NGÀY', description: 'ngày cần xem; plan: ngày đầu không còn xã' },
    unit: { type: 'string', hint: 'MÃ_XÃ', description: 'plan: mã của xã, phường kết thúc' },
    to: {
      type: 'string',
      hint: 'VAI_TRÒ=NƠI',
      multiple: true,
      description: 'plan: mã vai trò và mã xã mới, hoặc end; khi xã được chia cho nhiều xã',
    },
    set: { type: 'boolean', description: 'plan: lập việc (không có: chỉ xem trước)' },
    reason: { type: 'string', hint: 'LÝ_DO', description: 'cancel: vì sao; ghi vào nhật ký' },
  },
  run: (ctx) =>
    chooseAct(ctx, command, {
      list: listAct,
      show: showAct,
      plan: (inner) => planAct(inner, command),
      cancel: cancelAct,
    }),
};
