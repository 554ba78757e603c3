import type { AccountAct, AccountChanged } from '../../access/index.js';
import {
  allowLocalPassword,
  closeAccount,
  linkSubject,
  resetTotp,
  setPassword,
  ssoSettings,
  unlinkSubjects,
} from '../../access/index.js';
import { Problem, newId } from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import type { CommandContext } from '../context.js';
import { readPassword } from '../read-password.js';
import { operator } from '../operator.js';

/** Whoever holds the machine acts as the installation; the account and the reason are named. */
const actOf = (ctx: CommandContext, store: Store): AccountAct => ({
  actor: operator(),
  commandId: newId(store.clock),
  username: ctx.options.required('username'),
  reason: ctx.options.required('reason'),
});

const ended = ({ endedSessions }: AccountChanged): string =>
  endedSessions === 0 ? '' : ` Đã đăng xuất ${endedSessions} thiết bị.`;

/** `user password`: the new password is asked for or piped in, never an argument. */
export async function passwordAct(ctx: CommandContext): Promise<void> {
  ctx.options.required('username');
  ctx.options.required('reason');
  const password = await readPassword(ctx.stdin, ctx.stderr);
  const done = await ctx.withStore((store) =>
    setPassword(store, { ...actOf(ctx, store), password }),
  );
  await ctx.print(done, `Đã đặt mật khẩu mới cho ${done.fullName}.${ended(done)}`);
}

/** `user close` */
export async function closeAct(ctx: CommandContext): Promise<void> {
  const done = await ctx.withStore((store) => closeAccount(store, actOf(ctx, store)));
  await ctx.print(done, `Đã đóng tài khoản ${done.username} của ${done.fullName}.${ended(done)}`);
}

/** `user reset-totp` */
export async function resetTotpAct(ctx: CommandContext): Promise<void> {
  const done = await ctx.withStore((store) => resetTotp(store, actOf(ctx, store)));
  await ctx.print(
    done,
    `Đã đặt lại ứng dụng xác thực của ${done.fullName}; lần đăng nhập sau sẽ thiết lập lại.${ended(done)}`,
  );
}

/** `user local-password --off | --on` */
export async function localPasswordAct(ctx: CommandContext): Promise<void> {
  const [off, on] = [ctx.options.flag('off'), ctx.options.flag('on')];
  if (off === on) {
    throw new Problem('usage', {
      code: 'on-or-off',
      what: 'Cần một trong hai tùy chọn --on, --off.',
      todo: 'Ví dụ: thonban user local-password --username TÊN --off --reason LÝ_DO',
    });
  }
  const done = await ctx.withStore((store) =>
    allowLocalPassword(store, { ...actOf(ctx, store), isAllowed: on }),
  );
  const what = on ? 'dùng được mật khẩu riêng' : 'chỉ đăng nhập qua cổng đăng nhập chung';
  await ctx.print(done, `Tài khoản ${done.username} nay ${what}.${ended(done)}`);
}

/** `user link --subject`: what the page of an unlinked person shows. */
export async function linkAct(ctx: CommandContext): Promise<void> {
  const subject = ctx.options.required('subject');
  const done = await ctx.withStore((store) => {
    const settings = ssoSettings(ctx.env, store.dataDir);
    if (!settings) throw noSso();
    return linkSubject(store, { ...actOf(ctx, store), issuer: settings.issuer, subject });
  });
  await ctx.print(done, `Đã nối tài khoản ${done.username} với cổng đăng nhập chung.`);
}

/** `user unlink` */
export async function unlinkAct(ctx: CommandContext): Promise<void> {
  const done = await ctx.withStore((store) => unlinkSubjects(store, actOf(ctx, store)));
  await ctx.print(done, `Đã bỏ liên kết của tài khoản ${done.username}.`);
}

const noSso = (): Problem =>
  new Problem('environment', {
    code: 'sso-missing',
    what: 'Hệ thống này chưa cấu hình cổng đăng nhập chung.',
    todo: 'Viết oidc.json trong thư mục dữ liệu hoặc đặt các biến OIDC_…; xem docs/sign-in.md.',
  });
