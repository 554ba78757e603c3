import type { Holder, OfficeView } from '../../access/index.js';
import { listOffices, officeView } from '../../access/index.js';
import { formatDate, today } from '../../kernel/index.js';
import { withActor } from '../../store/index.js';
import type { CommandContext } from '../context.js';
import { textTable } from '../output.js';
import { provinceActor } from '../installation.js';
import { dateOption, idArgument } from './office-context.js';

/** `office list` */
export async function listAct(ctx: CommandContext): Promise<void> {
  const asked = dateOption(ctx, 'on');
  const offices = await ctx.withStore(async (store) => {
    const { actor } = await provinceActor(store);
    const on = asked ?? today(store.clock);
    return withActor(store, actor, (tx) => listOffices(tx, on), { readOnly: true });
  });
  await ctx.print(offices, () =>
    offices.length === 0
      ? 'Không có cơ quan nào vào ngày đó.'
      : textTable(offices.map(({ officeId, name, people }) => [officeId, name, people])),
  );
}

/** `office show` */
export async function showAct(ctx: CommandContext): Promise<void> {
  const officeId = idArgument(ctx, 'mã cơ quan', 'thonban office list');
  const view = await ctx.withStore(async (store) => {
    const { actor } = await provinceActor(store);
    return withActor(store, actor, (tx) => officeView(tx, officeId), { readOnly: true });
  });
  await ctx.print(view, () => viewText(view));
}

function viewText(view: OfficeView): string {
  const { name, kindLabel, parent, validFrom, validTo, holders, past } = view;
  const until = validTo === null ? '' : ` đến ${formatDate(validTo)}`;
  return [
    name,
    `  ${kindLabel}, từ ${formatDate(validFrom)}${until}`,
    ...(parent ? [`  Trực thuộc ${parent.name}`] : []),
    holders.length === 0 ? '  Chưa ai giữ vai trò nào.' : 'Vai trò:',
    ...holders.map(holderText),
    ...(past.length === 0 ? [] : ['Đã hết:', ...past.map(holderText)]),
  ].join('\n');
}

function holderText(one: Holder): string {
  const behalf = one.delegatedBy ? ` thay mặt ${one.delegatedBy}` : '';
  const until = one.validTo === null ? '' : ` đến ${formatDate(one.validTo)}`;
  const what = `${one.name ?? '…'}${behalf}: ${one.roleLabel}, ${one.scope}`;
  return `  ${one.assignmentId}  ${what}, từ ${formatDate(one.validFrom)}${until}`;
}
