import { Problem } from '../../kernel/index.js';
import type { Store, Tx } from '../../store/index.js';
import { audit, runCommand, withActor } from '../../store/index.js';
import { attemptSucceeded } from '../attempts.js';
import { checkPassword } from '../passwords/check-password.js';
import { hashPassword } from '../passwords/passwords.js';
import { countLinks } from '../sso/links.js';
import { deleteSecret } from '../totp/totp-rows.js';
import type { AccountAct } from './account-act.js';
import { reasonOfAct, requireOpenAccount, signOutEverywhere } from './account-act.js';
import type { FoundAccount } from './find-account.js';
import { requireAccount } from './find-account.js';

/** What an act on an account answers with. */
export interface AccountChanged {
  accountId: string;
  username: string;
  fullName: string;
  /** Places where the account was signed in until now. */
  endedSessions: number;
}

/**
 * An act of an administrator on somebody's account: with a reason, and never on a closed one. Everything
 * that changes how an account is opened ends its sessions, and no browser counts as known any more.
 */
async function act(
  store: Store,
  { actor, commandId, username, reason }: AccountAct,
  name: string,
  work: (tx: Tx, account: FoundAccount) => Promise<void>,
): Promise<AccountChanged> {
  const why = reasonOfAct(reason);
  const call = { actor, commandId, name, permission: 'account:propose' as const, reason: why };
  return runCommand(store, { ...call, input: { username, reason: why } }, async (tx) => {
    const account = await requireOpenAccount(tx, username);
    await work(tx, account);
    const { accountId, fullName } = account;
    await audit(tx, { action: name, subjectKind: 'account', subjectId: accountId, reason: why });
    const endedSessions = await signOutEverywhere(tx, accountId);
    return { accountId, username: account.username, fullName, endedSessions };
  });
}

/**
 * A new password, told to the person by the administrator.
 * @throws Problem `password-refused`, `account-unknown`, `account-closed`, `reason-missing`
 */
export async function setPassword(
  store: Store,
  input: AccountAct & { password: string },
): Promise<AccountChanged> {
  const account = await withActor(store, input.actor, (tx) => requireAccount(tx, input.username), {
    readOnly: true,
  });
  await checkPassword(input.password, account);
  const hash = await hashPassword(input.password);
  return act(store, input, 'account.set-password', async (tx, { accountId, username }) => {
    await tx.query(
      `update accounts set password_hash = $2, password_changed_at = $3, has_local_password = true
       where account_id = $1`,
      [accountId, hash, tx.now],
    );
    await attemptSucceeded(tx, [{ kind: 'name', text: username }]);
  });
}

/** The account opens nothing any more; what it did stays in the log. */
export const closeAccount = (store: Store, input: AccountAct): Promise<AccountChanged> =>
  act(store, input, 'account.close', async (tx, { accountId }) => {
    await tx.query('update accounts set disabled_at = $2 where account_id = $1', [
      ...[accountId, tx.now],
    ]);
  });

/**
 * The app on a lost telephone opens nothing any more; the person sets up another one.
 * @throws Problem `totp-missing` when there is none
 */
export const resetTotp = (store: Store, input: AccountAct): Promise<AccountChanged> =>
  act(store, input, 'account.reset-totp', async (tx, { accountId, username }) => {
    if (await deleteSecret(tx, accountId)) {
      await attemptSucceeded(tx, [{ kind: 'code', text: accountId }]);
      return;
    }
    throw new Problem('refused', {
      code: 'totp-missing',
      what: `Tài khoản "${username}" chưa có ứng dụng xác thực.`,
      todo: 'Không cần đặt lại.',
    });
  });

/**
 * Whether the password of this system opens the account, or single sign-on alone.
 * @throws Problem `link-missing`: nothing would open it
 */
export const allowLocalPassword = (
  store: Store,
  input: AccountAct & { isAllowed: boolean },
): Promise<AccountChanged> => {
  const name = input.isAllowed ? 'account.password-on' : 'account.password-off';
  return act(store, input, name, async (tx, { accountId, username }) => {
    if (!input.isAllowed && (await countLinks(tx, accountId)) === 0) throw linkMissing(username);
    await tx.query('update accounts set has_local_password = $2 where account_id = $1', [
      ...[accountId, input.isAllowed],
    ]);
  });
};

const linkMissing = (username: string): Problem =>
  new Problem('refused', {
    code: 'link-missing',
    what: `Tài khoản "${username}" chưa nối với cổng đăng nhập chung.`,
    why: 'Bỏ mật khẩu thì không còn cách nào đăng nhập.',
    todo: 'Nối trước: thonban user link',
  });
