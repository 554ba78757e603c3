import type { NewAccount, Role } from '../../access/index.js';
import { createAccount, findRole, roles, scopeOf } from '../../access/index.js';
import { newId, today } from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import { withActor } from '../../store/index.js';
import { chooseAct, usage } from '../args.js';
import type { Command, CommandContext } from '../context.js';
import { dateOption } from '../offices/office-context.js';
import { readPassword } from '../read-password.js';
import {
  closeAct,
  linkAct,
  localPasswordAct,
  passwordAct,
  resetTotpAct,
  unlinkAct,
} from '../users/account-acts.js';
import { roleAct } from '../users/role-acts.js';
import { operator } from '../operator.js';

export const command: Command = {
  name: 'user',
  summary: 'tài khoản và vai trò của cán bộ: tạo, giao, đặt mật khẩu, đóng, nối đăng nhập chung',
  usage: [
    'user add --username TÊN --name HỌ_TÊN --role VAI_TRÒ --scope PHẠM_VI [--office MÃ] [--from NGÀY] [--json]',
    'user add … < tệp_mật_khẩu    (không có tệp: mật khẩu được hỏi và không hiện lên)',
    'user role add --username TÊN --role VAI_TRÒ --scope PHẠM_VI [--office MÃ] [--from NGÀY] [--to NGÀY] [--json]',
    'user role end MÃ_VAI_TRÒ --reason LÝ_DO [--to NGÀY] [--json]    (không có --to: kết thúc ngay)',
    'user password --username TÊN --reason LÝ_DO [--json] [< tệp_mật_khẩu]',
    'user close --username TÊN --reason LÝ_DO [--json]',
    'user reset-totp --username TÊN --reason LÝ_DO [--json]',
    'user link --username TÊN --subject MÃ --reason LÝ_DO [--json]',
    'user unlink --username TÊN --reason LÝ_DO [--json]',
    'user local-password --username TÊN --off|--on --reason LÝ_DO [--json]',
  ],
  options: {
    username: { type: 'string', hint: 'TÊN', description: 'tên đăng nhập, chữ thường không dấu' },
    name: { type: 'string', hint: 'HỌ_TÊN', description: 'họ và tên của cán bộ' },
    role: {
      type: 'string',
      hint: 'VAI_TRÒ',
      description: listed(),
    },
    scope: {
      type: 'string',
      hint: 'PHẠM_VI',
      description: 'mã tỉnh (20), mã xã (06004; tra: thonban areas find TÊN) hoặc mã thôn',
    },
    office: {
      type: 'string',
      hint: 'MÃ',
      description: 'cơ quan giữ vai trò, nếu khác cơ quan của địa bàn (thonban office list)',
    },
    from: { type: 'string', hint: 'NGÀY', description: 'ngày đầu của vai trò (mặc định: hôm nay)' },
    to: { type: 'string', hint: 'NGÀY', description: 'ngày cuối của vai trò' },
    reason: { type: 'string', hint: 'LÝ_DO', description: 'vì sao; ghi vào nhật ký' },
    subject: {
      type: 'string',
      hint: 'MÃ',
      description: 'mã của người đó ở cổng đăng nhập chung (trang báo chưa nối hiện mã này)',
    },
    on: { type: 'boolean', description: 'cho dùng mật khẩu riêng' },
    off: { type: 'boolean', description: 'chỉ cho đăng nhập qua cổng đăng nhập chung' },
  },
  run: (ctx) =>
    chooseAct(ctx, command, {
      add,
      role: (inner) => roleAct(inner, command),
      password: passwordAct,
      close: closeAct,
      'reset-totp': resetTotpAct,
      link: linkAct,
      unlink: unlinkAct,
      'local-password': localPasswordAct,
    }),
};

async function add(ctx: CommandContext): Promise<void> {
  const username = ctx.options.required('username');
  const fullName = ctx.options.required('name');
  const role = roleOf(ctx.options.required('role'));
  const scopeText = ctx.options.required('scope');
  // Never an argument: arguments are seen by everybody on the machine and kept in histories.
  const password = await readPassword(ctx.stdin, ctx.stderr);
  const officeId = ctx.options.text('office');
  const validFrom = dateOption(ctx, 'from');
  const account = {
    ...{ username, fullName, role: role.id, password },
    ...(officeId !== undefined && { officeId }),
    ...(validFrom && { validFrom }),
  };
  const made = await ctx.withStore((store) => addUser(store, account, scopeText));
  await ctx.print(made, `Đã tạo tài khoản ${made.username} (${role.label}) cho ${fullName}.`);
}

function roleOf(text: string): Role {
  const role = findRole(text);
  if (role) return role;
  throw usage(
    command,
    'unknown-role',
    `Không có vai trò "${text.slice(0, 40)}".`,
    `Các vai trò: ${listed()}.`,
    ['add'],
  );
}

/** A function, since the words are hoisted into the help above. */
function listed(): string {
  return roles()
    .map(({ id, label }) => `${id} (${label})`)
    .join(', ');
}

async function addUser(
  store: Store,
  account: Pick<
    NewAccount,
    'username' | 'fullName' | 'role' | 'password' | 'officeId' | 'validFrom'
  >,
  scopeText: string,
) {
  const actor = operator();
  const scope = await withActor(store, actor, (tx) => scopeOf(tx, scopeText, today(store.clock)), {
    readOnly: true,
  });
  const commandId = newId(store.clock);
  const accountId = await createAccount(store, { ...account, actor, commandId, scope });
  return { accountId, username: account.username, role: account.role, scope: scope.key };
}
