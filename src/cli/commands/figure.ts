import type { Figure } from '../../figures/index.js';
import {
  GROUPING_TITLE,
  allIndicators,
  breakdown,
  figure,
  groupLabel,
  readInstance,
} from '../../figures/index.js';
import type { Grouping } from '../../figures/index.js';
import { GROUPINGS } from '../../figures/index.js';
import {
  formatDate,
  formatDecimal,
  formatInteger,
  formatSigned,
  standardLabel,
} from '../../kernel/index.js';
import { areaOption, boundariesOption } from '../figure-options.js';
import { auditExport } from '../installation.js';
import { usage } from '../args.js';
import type { Command, CommandContext } from '../context.js';

/** One figure of one area and round, with where it comes from. */
export const command: Command = {
  name: 'figure',
  summary: 'tính một chỉ tiêu từ sổ rà soát: tỷ lệ nghèo, số hộ, thay đổi giữa hai đợt',
  usage: ['figure CHỈ_TIÊU --area MÃ --period NĂM [--boundaries NGÀY] [--by CÁCH]'],
  options: {
    area: { type: 'string', hint: 'MÃ', description: 'mã tỉnh, huyện cũ hoặc xã (mặc định: tỉnh)' },
    period: { type: 'string', hint: 'NĂM', description: 'năm của đợt rà soát' },
    boundaries: {
      type: 'string',
      hint: 'NGÀY',
      description: 'theo ranh giới của ngày này (mặc định: ranh giới của chính đợt đó)',
    },
    'known-at': {
      type: 'string',
      hint: 'THỜI_ĐIỂM',
      description: 'theo những gì đã ghi đến lúc đó, ví dụ 2026-01-15T00:00:00Z',
    },
    by: { type: 'string', hint: 'CÁCH', description: `chia theo ${GROUPINGS.join(' | ')}` },
  },
  run,
};

async function run(ctx: CommandContext): Promise<void> {
  const [code, ...more] = ctx.args;
  if (code === undefined || more.length > 0) {
    const codes = allIndicators().map((indicator) => indicator.code);
    throw usage(command, 'indicator-missing', `Cần đúng một chỉ tiêu: ${codes.join(', ')}.`);
  }
  ctx.options.required('period');
  const round = ctx.options.integer('period') ?? 0;
  const boundaries = boundariesOption(ctx, command);
  const knownAt = instantOption(ctx);
  const by = groupingOption(ctx);
  await ctx.withStore(async (store) => {
    const { provinceCode } = await readInstance(store);
    const query = {
      code,
      area: areaOption(ctx) ?? provinceCode,
      round,
      ...(boundaries && { boundaries }),
      ...(knownAt && { knownAt }),
    };
    const leaving = async ({ area, period, boundaries: day }: Figure) =>
      auditExport(store, {
        ...{ action: 'figure.export', subjectKind: 'figure', subjectId: code },
        payload: { round: period, area, boundaries: day, by: by ?? null },
      });
    if (by === undefined) {
      const one = await figure(store, query);
      await leaving(one);
      return ctx.print(one, () => figureText(one));
    }
    const { figure: whole, groups } = await breakdown(store, { ...query, by });
    await leaving(whole);
    const lines = groups.map(
      (group) => `  ${groupLabel(by, group)}: ${valueText({ ...whole, ...group })}`,
    );
    return ctx.print({ ...whole, by, groups }, () =>
      [figureText(whole), `${GROUPING_TITLE[by]}:`, ...lines].join('\n'),
    );
  });
}

function instantOption(ctx: CommandContext): Date | undefined {
  const text = ctx.options.text('known-at');
  if (text === undefined) return undefined;
  const instant = new Date(text);
  const isComplete = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  if (isComplete && !Number.isNaN(instant.getTime())) return instant;
  throw usage(
    command,
    'bad-instant',
    `--known-at cần thời điểm kèm múi giờ, không đọc được "${text}".`,
  );
}

function groupingOption(ctx: CommandContext): Grouping | undefined {
  const text = ctx.options.text('by');
  const found = GROUPINGS.find((grouping) => grouping === text);
  if (text !== undefined && found === undefined) {
    throw usage(command, 'bad-grouping', `--by cần một trong: ${GROUPINGS.join(', ')}.`);
  }
  return found;
}

function figureText(one: Figure): string {
  const counted = one.source.countedStatus === 'recognised_status';
  return [
    `${one.name}, ${one.areaName}, đợt ${one.period}: ${valueText(one)}`,
    `  ranh giới ngày ${formatDate(one.boundaries)}; ${standardLabel(one.standard)}; ` +
      (counted ? 'theo quyết định công nhận' : 'sơ bộ, theo kết quả đề xuất'),
    ...(one.pending ? [`  ${formatInteger(one.pending)} hộ chờ quyết định, chưa tính`] : []),
    ...(one.notComputable ? [`  ${formatInteger(one.notComputable)} hộ chưa đủ dữ liệu`] : []),
    ...one.missing.map((sentence) => `  chưa đủ dữ liệu: ${sentence}`),
    `  cách tính: ${one.source.file}; căn cứ: ${one.source.legalBasis.join('; ')}`,
    ...(one.synthetic ? ['  SỐ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC'] : []),
  ].join('\n');
}

function valueText(one: Pick<Figure, 'value' | 'unit' | 'numerator' | 'denominator'>): string {
  const { value, unit, numerator, denominator } = one;
  if (value === null) return 'chưa có số liệu';
  if (typeof value === 'number') return `${formatInteger(value)} hộ`;
  if (unit === 'percentage_point') return `${formatSigned(value)} điểm phần trăm`;
  return `${formatDecimal(value)} % (${formatInteger(numerator ?? 0)} / ${formatInteger(denominator ?? 0)} hộ)`;
}
