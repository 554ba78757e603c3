import type { BoundaryBridge, BoundaryBridgeCounts } from '../figures/index.js';
import { boundaryBridge } from '../figures/index.js';
import { formatDate, formatInteger } from '../kernel/index.js';
import { usage } from './args.js';
import type { Command, CommandContext } from './context.js';
import { boundariesOption } from './figure-options.js';

/** `areas bridge MÃ --round NĂM`: the one act on areas that counts households, in the instance. */
export async function showBoundaryBridge(ctx: CommandContext, command: Command): Promise<void> {
  const [area, ...more] = ctx.args;
  if (area === undefined || more.length > 0) {
    throw usage(command, 'one-argument', 'Cần đúng một mã đơn vị.');
  }
  ctx.options.required('round');
  const round = ctx.options.integer('round') ?? 0;
  const boundaries = boundariesOption(ctx, command);
  await ctx.withStore(async (store) => {
    const found = await boundaryBridge(store, { area, round, boundaries });
    return ctx.print(found, () => bridgeText(found));
  });
}

function bridgeText(one: BoundaryBridge): string {
  const isCounted = one.status === 'recognised';
  return [
    `${one.areaName} (${one.area}), đợt ${one.round}: từ đơn vị ngày ${formatDate(one.was)} ` +
      `sang đơn vị ngày ${formatDate(one.is)}`,
    ...one.lines.map((line) => {
      const from = line.was ? `${line.was.code} ${line.was.name}` : 'chưa xác định đơn vị cũ';
      const isNamed = line.is === null || line.is.code !== one.area;
      const to = line.is ? `${line.is.code} ${line.is.name}` : 'chưa xác định';
      const direction = isNamed && line.households !== null ? `${from} → ${to}` : from;
      return `  ${direction}: ${countsText(line)}`;
    }),
    `  Cộng: ${countsText(one.total)}`,
    `  chuẩn ${one.standard}; ` +
      (isCounted ? 'theo quyết định công nhận' : 'sơ bộ, theo kết quả đề xuất'),
    ...(one.pending ? [`  ${formatInteger(one.pending)} hộ chờ quyết định, chưa tính`] : []),
    ...one.missing.map((sentence) => `  chưa đủ dữ liệu: ${sentence}`),
    ...(one.synthetic ? ['  SỐ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC'] : []),
  ].join('\n');
}

function countsText({ places, households, poor, nearPoor }: BoundaryBridgeCounts): string {
  if (households === null) return 'chưa có số liệu';
  const [all, few, near] = [households, poor ?? 0, nearPoor ?? 0].map((n) => formatInteger(n));
  return `${formatInteger(places)} thôn, ${all} hộ, ${few} hộ nghèo, ${near} hộ cận nghèo`;
}
