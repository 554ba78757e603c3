import type { Role } from '../../access/index.js';
import { createAccount, findRole, roles, scopeOf } from '../../access/index.js';
import { newId, today } from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import { SYSTEM_ACTOR, withActor } from '../../store/index.js';
import { usage } from '../args.js';
import type { Command } from '../context.js';
import { readPassword } from '../read-password.js';

export const command: Command = {
  name: 'user',
  summary: 'tạo tài khoản cho cán bộ trên một hệ thống thật',
  usage: [
    'user add --username TÊN --name HỌ_TÊN --role VAI_TRÒ --scope PHẠM_VI [--json]',
    'user add … < tệp_mật_khẩu    (không có tệp: mật khẩu được hỏi và không hiện lên)',
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
  },
  async run(ctx) {
    if (ctx.args[0] !== 'add' || ctx.args.length > 1) {
      throw usage(command, 'unknown-act', 'Lệnh user chỉ có một việc: add.');
    }
    const username = ctx.options.required('username');
    const fullName = ctx.options.required('name');
    const role = roleOf(ctx.options.required('role'));
    const scopeText = ctx.options.required('scope');
    // Never an argument: arguments are seen by everybody on the machine and kept in histories.
    const password = await readPassword(ctx.stdin, ctx.stderr);
    const account = { username, fullName, role: role.id, password };
    const made = await ctx.withStore((store) => addUser(store, account, scopeText));
    await ctx.print(made, `Đã tạo tài khoản ${made.username} (${role.label}) cho ${fullName}.`);
  },
};

function roleOf(text: string): Role {
  const role = findRole(text);
  if (role) return role;
  throw usage(command, 'unknown-role', `Không có vai trò "${text}".`, `Các vai trò: ${listed()}.`);
}

/** A function, since the words are hoisted into the help above. */
function listed(): string {
  return roles()
    .map(({ id, label }) => `${id} (${label})`)
    .join(', ');
}

async function addUser(
  store: Store,
  account: { username: string; fullName: string; role: string; password: string },
  scopeText: string,
) {
  const actor = SYSTEM_ACTOR([]);
  const scope = await withActor(store, actor, (tx) => scopeOf(tx, scopeText, today(store.clock)), {
    readOnly: true,
  });
  const commandId = newId(store.clock);
  const accountId = await createAccount(store, { ...account, actor, commandId, scope });
  return { accountId, username: account.username, role: account.role, scope: scope.key };
}
