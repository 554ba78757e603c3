import { Problem, tidyText } from '../../kernel/index.js';
import type { Actor, Tx } from '../../store/index.js';
import { endOtherSessions } from '../sessions/own-sessions.js';
import type { FoundAccount } from './find-account.js';
import { requireAccount } from './find-account.js';

/** Whoever runs accounts, the account meant, and why. */
export interface AccountAct {
  actor: Actor;
  commandId: string;
  username: string;
  reason: string;
}

/** @throws Problem `reason-missing` */
export function reasonOfAct(text: string): string {
  const reason = tidyText(text);
  if (reason !== '') return reason;
  throw new Problem('refused', {
    code: 'reason-missing',
    what: 'Việc này phải nêu lý do.',
    todo: 'Ghi lý do, ví dụ: mất điện thoại, chuyển công tác.',
  });
}

/** @throws Problem `account-unknown`, `account-closed` */
export async function requireOpenAccount(tx: Tx, username: string): Promise<FoundAccount> {
  const account = await requireAccount(tx, username);
  if (!account.isClosed) return account;
  throw new Problem('refused', {
    code: 'account-closed',
    what: `Tài khoản "${account.username}" đã đóng.`,
    todo: 'Tạo tài khoản khác nếu người đó trở lại làm việc.',
  });
}

/**
 * After what changes how an account is opened: no browser counts as known any more, and it is signed in
 * nowhere. @returns how many sessions ended
 */
export async function signOutEverywhere(tx: Tx, accountId: string): Promise<number> {
  await tx.query('update sessions set browser_hash = null where account_id = $1', [accountId]);
  return endOtherSessions(tx, accountId, null, 'account-reset');
}
