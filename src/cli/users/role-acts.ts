import { addRole, endRole, requireRole, scopeOf } from '../../access/index.js';
import { formatDate, laterOf, newId, today } from '../../kernel/index.js';
import { withActor } from '../../store/index.js';
import { chooseAct } from '../args.js';
import type { Command, CommandContext } from '../context.js';
import { provinceActor } from '../installation.js';
import { dateOption, idArgument } from '../offices/office-context.js';

/** `user role add | end` */
export const roleAct = (ctx: CommandContext, command: Command): Promise<number | void> =>
  chooseAct(ctx, command, { add: addAct, end: endAct });

async function addAct(ctx: CommandContext): Promise<void> {
  const username = ctx.options.required('username');
  const role = requireRole(ctx.options.required('role'));
  const scopeText = ctx.options.required('scope');
  const [officeId, validFrom] = [ctx.options.text('office'), dateOption(ctx, 'from')];
  const validTo = dateOption(ctx, 'to');
  const made = await ctx.withStore(async (store) => {
    const { actor } = await provinceActor(store);
    const now = today(store.clock);
    const day = validFrom ?? now;
    // A code names the unit that is there when the role gives something, not one that has ended.
    const on = laterOf(day, now);
    const scope = await withActor(store, actor, (tx) => scopeOf(tx, scopeText, on), {
      readOnly: true,
    });
    const assignmentId = await addRole(store, {
      ...{ actor, commandId: newId(store.clock), username, role: role.id, scope },
      ...(validFrom && { validFrom }),
      ...(officeId !== undefined && { officeId }),
      ...(validTo && { validTo }),
    });
    return {
      ...{ assignmentId, username, role: role.id, scope: scope.key },
      ...{ validFrom: day, validTo: validTo ?? null, words: scope.words },
    };
  });
  const { words, ...answer } = made;
  const until = answer.validTo === null ? '' : ` đến hết ngày ${formatDate(answer.validTo)}`;
  await ctx.print(
    answer,
    `Đã giao vai trò ${role.label} ở ${words} cho ${username}, từ ${formatDate(answer.validFrom)}${until}.`,
  );
}

async function endAct(ctx: CommandContext): Promise<void> {
  const assignmentId = idArgument(ctx, 'mã vai trò', 'thonban office show MÃ_CƠ_QUAN');
  const reason = ctx.options.required('reason');
  const lastDay = dateOption(ctx, 'to');
  await ctx.withStore(async (store) => {
    const { actor } = await provinceActor(store);
    const call = { actor, commandId: newId(store.clock), assignmentId, reason };
    await endRole(store, { ...call, ...(lastDay && { lastDay }) });
  });
  const when = lastDay ? `hết ngày ${formatDate(lastDay)}` : 'ngay bây giờ';
  await ctx.print({ assignmentId, lastDay: lastDay ?? null }, `Vai trò kết thúc ${when}.`);
}
