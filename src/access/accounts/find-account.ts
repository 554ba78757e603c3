import { Problem } from '../../kernel/index.js';
import type { Tx } from '../../store/index.js';

/** An account as an administrator means it: by its name. */
export interface FoundAccount {
  accountId: string;
  username: string;
  fullName: string;
  isDemo: boolean;
  hasLocalPassword: boolean;
  isClosed: boolean;
}

/** @throws Problem `account-unknown` */
export async function requireAccount(tx: Tx, username: string): Promise<FoundAccount> {
  const { rows } = await tx.query<FoundAccount>(
    `select a.account_id as "accountId", a.username, p.full_name as "fullName",
       a.is_demo as "isDemo", a.has_local_password as "hasLocalPassword",
       a.disabled_at is not null as "isClosed"
     from accounts a join people p on p.person_account_id = a.person_account_id
     where a.username = $1`,
    [username.trim().toLowerCase().slice(0, 100)],
  );
  const account = rows[0];
  if (account) return account;
  throw new Problem('refused', {
    code: 'account-unknown',
    what: `Không có tài khoản "${username.slice(0, 40)}".`,
    todo: 'Kiểm tra lại tên đăng nhập.',
  });
}
