import type { Choices, EndingUnit, MovePlan } from '../../access/index.js';
import { ENDS, PROVINCE, eventDays, listMoves, unitsEnding, voidMove } from '../../access/index.js';
import { areaRegister, keyOf, keyIn } from '../../areas/index.js';
import type { PlainDate } from '../../kernel/index.js';
import { formatDate, formatInteger, isId, newId } from '../../kernel/index.js';
import { planMoveOfOffices, previewOfficeMove } from '../../jobs/index.js';
import { withActor } from '../../store/index.js';
import { usage } from '../args.js';
import type { Command, CommandContext } from '../context.js';
import { textTable } from '../output.js';
import { provinceActor } from '../installation.js';
import { dateOption, idArgument } from './office-context.js';

/** `office plan`: days with a change, then the communes of a day, then what would move, then the plan. */
export async function planAct(ctx: CommandContext, command: Command): Promise<void> {
  const on = dateOption(ctx, 'on');
  const unit = ctx.options.text('unit');
  if (on === undefined && unit === undefined) return showDays(ctx);
  if (on === undefined) throw usage(command, 'option-missing', 'Thiếu tùy chọn --on.');
  if (unit === undefined) return showUnits(ctx, on);
  return showPlan(ctx, unit, on, choicesOf(ctx, command, on));
}

async function showDays(ctx: CommandContext): Promise<void> {
  const found = await ctx.withStore(async (store) => {
    const { actor, province } = await provinceActor(store);
    const moves = await withActor(store, actor, (tx) => listMoves(tx), { readOnly: true });
    return { days: eventDays(province), moves };
  });
  await ctx.print(found, () =>
    [
      'Ngày có xã, phường kết thúc (theo danh mục):',
      ...found.days.map(({ on, units }) => `  ${formatDate(on)}  ${formatInteger(units)} đơn vị`),
      ...(found.moves.length === 0 ? [] : ['Việc sắp xếp đã lập:']),
      ...found.moves.map(
        ({ moveId, unitName, on, state, problem }) =>
          `  ${moveId}  ${unitName}, ${formatDate(on)}: ${STATE[state]}` +
          (problem === null ? '' : ` – ${problem.problem.what}`),
      ),
    ].join('\n'),
  );
}

const STATE = { planned: 'chờ đến ngày', executed: 'đã thực hiện', voided: 'đã hủy' };

async function showUnits(ctx: CommandContext, on: PlainDate): Promise<void> {
  const units = await ctx.withStore(async (store) => {
    const { actor, province } = await provinceActor(store);
    return withActor(store, actor, (tx) => unitsEnding(tx, province, on), { readOnly: true });
  });
  const row = ({ unit, successors, isWhole, offices, roles }: EndingUnit) => [
    ...[unit.code, unit.name, isWhole ? '→' : 'chia →', successors.join(', ') || 'kết thúc'],
    ...[`${offices} cơ quan`, `${roles} vai trò`],
  ];
  await ctx.print(units, () =>
    units.length === 0
      ? `Theo danh mục, không có xã, phường nào kết thúc ngay trước ngày ${formatDate(on)}.`
      : textTable(units.map(row)),
  );
}

/** `--to 0199…=06004`: the unit with that code on the day. */
function choicesOf(ctx: CommandContext, command: Command, on: PlainDate): Choices {
  const pairs = ctx.options.list('to').map((text): [string, string] => {
    const [id = '', code = ''] = text.split('=');
    const unit = areaRegister().unitOn(code, on);
    if (isId(id) && (code === ENDS || unit)) return [id, unit ? keyOf(unit) : ENDS];
    throw usage(command, 'bad-choice', `Không đọc được --to "${text.slice(0, 80)}".`);
  });
  return Object.fromEntries(pairs);
}

async function showPlan(
  ctx: CommandContext,
  unitCode: string,
  on: PlainDate,
  choices: Choices,
): Promise<void> {
  const isSet = ctx.options.flag('set');
  const done = await ctx.withStore(async (store) => {
    const { actor } = await provinceActor(store);
    const input = { actor, unitCode, on, choices };
    if (isSet) return planMoveOfOffices(store, { ...input, commandId: newId(store.clock) });
    const plan = await previewOfficeMove(store, input);
    return { moveId: null, state: 'preview' as const, plan };
  });
  await ctx.print(done, () => [planText(done.plan), NEXT[done.state]].join('\n'));
}

const NEXT = {
  preview: 'Đây là xem trước, chưa lập gì. Thêm --set để lập.',
  planned: 'Đã lập; đến ngày đó hệ thống tự thực hiện khi đang chạy.',
  executed: 'Ngày đã tới nên đã thực hiện.',
  voided: 'Việc này đã hủy.',
};

function planText({ from, on, offices, roles, delegations, shared, work }: MovePlan): string {
  const name = (key: string) => areaRegister().unit(keyIn(key))?.name ?? key;
  const where = (to: string | null) =>
    to === null ? 'CHƯA RÕ: dùng --to' : to === ENDS ? 'kết thúc' : `→ ${name(to)}`;
  return [
    `${name(keyOf(from))}, từ ngày ${formatDate(on)}:`,
    ...offices.map((one) => `  ${one.name}: kết thúc`),
    ...roles.map((one) => `  ${one.assignmentId}  ${one.role} ${where(one.to)}`),
    `  ${delegations.length} ủy quyền đi theo vai trò`,
    `  ${work.lists} danh sách, ${work.imports} tệp xem trước, ${work.jobs} việc đang chờ: ` +
      (work.to === PROVINCE ? 'ở lại cấp tỉnh' : `→ ${name(work.to)}`),
    ...shared.map(
      ({ role, to, people }) => `  Lưu ý: ${name(to)} sẽ có ${people} người giữ vai trò ${role}`,
    ),
  ].join('\n');
}

/** `office cancel` */
export async function cancelAct(ctx: CommandContext): Promise<void> {
  const moveId = idArgument(ctx, 'mã việc sắp xếp', 'thonban office plan');
  const reason = ctx.options.required('reason');
  await ctx.withStore(async (store) => {
    const { actor } = await provinceActor(store);
    await voidMove(store, { actor, commandId: newId(store.clock), moveId, reason });
  });
  await ctx.print({ moveId, state: 'voided' }, 'Đã hủy việc sắp xếp.');
}
