import type { AreaRegister, FindOptions, Unit, UnitEdge, UnitHistory } from '../../areas/index.js';
import { areaRegister, countryRegister } from '../../areas/index.js';
import type { PlainDate } from '../../kernel/index.js';
import { AREA_LABEL, Problem, formatDate, parsePlainDate } from '../../kernel/index.js';
import { showBoundaryBridge } from '../area-bridge-act.js';
import { chooseAct, usage } from '../args.js';
import type { Command, CommandContext } from '../context.js';

/** The register of units on the command line; only `bridge` counts households and opens the instance. */
export const command: Command = {
  name: 'areas',
  summary: 'tra đơn vị hành chính theo thời gian: mã, tên, nguồn gốc, sáp nhập',
  usage: [
    'areas show MÃ --on NGÀY',
    'areas lineage MÃ',
    'areas find TÊN [--on NGÀY] [--parent MÃ] [--country]',
    'areas bridge MÃ --round NĂM [--boundaries NGÀY]',
  ],
  options: {
    on: { type: 'string', hint: 'NGÀY', description: 'ngày cần tra, ví dụ 2025-07-01' },
    parent: { type: 'string', hint: 'MÃ', description: 'mã tỉnh hoặc huyện chứa đơn vị' },
    round: { type: 'string', hint: 'NĂM', description: 'bridge: năm của đợt rà soát' },
    boundaries: {
      type: 'string',
      hint: 'NGÀY',
      description: 'bridge: đưa về ranh giới của ngày này (mặc định: của chính đợt)',
    },
    country: { type: 'boolean', description: 'tìm trong cả nước (không có: chỉ tỉnh Lạng Sơn)' },
  },
  run: (ctx) => chooseAct(ctx, command, { show, lineage, find, bridge }),
};

async function show(ctx: CommandContext): Promise<void> {
  const code = oneArgument(ctx, 'mã đơn vị');
  const date = dateOption(ctx) ?? missingDate();
  const register = registerFor(code);
  const unit = register.unitOn(code, date);
  const history = unit && register.historyOf(unit);
  if (!history) throw noSuchUnit(register, code, date);
  await ctx.print(unitJson(history), () => unitText(register, history));
}

async function lineage(ctx: CommandContext): Promise<void> {
  const code = oneArgument(ctx, 'mã đơn vị');
  const register = registerFor(code);
  const versions = register.lineage(code);
  if (versions.length === 0) throw noSuchUnit(register, code, null);
  await ctx.print(versions.map(unitJson), () =>
    versions.map((version) => unitText(register, version)).join('\n\n'),
  );
}

async function find(ctx: CommandContext): Promise<number> {
  const query = ctx.args.join(' ');
  if (query.trim() === '') throw usage(command, 'name-missing', 'Cần tên đơn vị để tìm.');
  const on = dateOption(ctx);
  const parent = ctx.options.text('parent');
  const options: FindOptions = { ...(on && { on }), ...(parent && { parent }) };
  const register = ctx.options.flag('country') ? countryRegister() : areaRegister();
  const { match, candidates, suggestions } = register.find(query, options);
  const json = (unit: Unit) => unitJson(register.historyOf(unit)!);
  await ctx.print(
    {
      query,
      on: on ?? null,
      match: match && json(match),
      candidates: candidates.map(json),
      suggestions: suggestions.map(json),
    },
    () => findText(register, match, candidates, suggestions),
  );
  return candidates.length > 0 ? 0 : 1;
}

const bridge = (ctx: CommandContext): Promise<void> => showBoundaryBridge(ctx, command);

/** The whole country is read only for a code that the province's own register has never had. */
function registerFor(code: string): AreaRegister {
  const own = areaRegister();
  return own.lineage(code).length > 0 ? own : countryRegister();
}

function oneArgument(ctx: CommandContext, what: string): string {
  const [value, ...more] = ctx.args;
  if (value !== undefined && more.length === 0) return value;
  throw usage(command, 'one-argument', `Cần đúng một ${what}.`);
}

function dateOption(ctx: CommandContext): PlainDate | undefined {
  const text = ctx.options.text('on');
  if (text === undefined) return undefined;
  const date = parsePlainDate(text);
  if (date) return date;
  throw usage(command, 'bad-date', `--on cần một ngày có thật, không đọc được "${text}".`);
}

function missingDate(): never {
  throw usage(
    command,
    'date-missing',
    'Cần --on NGÀY: một mã có thể đã chỉ nhiều đơn vị khác nhau.',
  );
}

function noSuchUnit(register: AreaRegister, code: string, date: PlainDate | null): Problem {
  const versions = register.lineage(code).map(({ unit }) => lifeOf(unit));
  return new Problem('not-found', {
    code: 'unit-not-found',
    what: date
      ? `Không có đơn vị hành chính mang mã ${code} vào ngày ${formatDate(date)}.`
      : `Không có đơn vị hành chính nào từng mang mã ${code} trong danh mục.`,
    ...(versions.length > 0 && { why: `Mã này thuộc: ${versions.join('; ')}.` }),
    todo: 'Tìm theo tên bằng lệnh: thonban areas find TÊN.',
  });
}

function unitJson({ unit, predecessors, successors }: UnitHistory): Record<string, unknown> {
  return {
    code: unit.code,
    validFrom: unit.validFrom,
    validTo: unit.validTo,
    name: unit.name,
    kind: unit.kind,
    area: unit.area,
    parent: unit.parent?.code ?? null,
    predecessors: predecessors.map(({ from, part }) => ({ ...from, part })),
    successors: successors.map(({ to, part }) => ({ ...to, part })),
  };
}

const lifeOf = (unit: Unit): string =>
  `${unit.name} (${formatDate(unit.validFrom)} – ${unit.validTo ? formatDate(unit.validTo) : 'nay'})`;

function unitText(register: AreaRegister, { unit, predecessors, successors }: UnitHistory): string {
  const parent = unit.parent && register.unit(unit.parent);
  const edge = (key: 'from' | 'to') => (e: UnitEdge) => {
    const other = register.unit(e[key]);
    const part = e.part === 'full' ? 'toàn bộ' : 'một phần';
    return `  ${e[key].code} ${other?.name ?? ''}, ${part}, từ ${formatDate(e.effective)} (${e.instrument})`;
  };
  return [
    `${unit.code} ${lifeOf(unit)}`,
    ...(unit.area ? [`  khu vực ${AREA_LABEL[unit.area]}`] : []),
    ...(parent ? [`  thuộc ${parent.name} (${parent.code})`] : []),
    ...(predecessors.length > 0 ? ['  nhận từ:', ...predecessors.map(edge('from'))] : []),
    ...(successors.length > 0 ? ['  chuyển thành:', ...successors.map(edge('to'))] : []),
  ].join('\n');
}

function findText(
  register: AreaRegister,
  match: Unit | null,
  candidates: readonly Unit[],
  suggestions: readonly Unit[],
): string {
  const line = (unit: Unit) => {
    const parent = unit.parent && register.unit(unit.parent);
    return `  ${unit.code} ${lifeOf(unit)}${parent ? `, ${parent.name}` : ''}`;
  };
  if (match) return unitText(register, register.historyOf(match)!);
  if (candidates.length > 0) {
    return [`Có ${candidates.length} đơn vị cùng tên, cần chọn:`, ...candidates.map(line)].join(
      '\n',
    );
  }
  if (suggestions.length > 0) {
    return ['Không có đơn vị đúng tên này. Gần nhất:', ...suggestions.map(line)].join('\n');
  }
  return 'Không tìm thấy đơn vị nào có tên này hoặc gần giống.';
}
