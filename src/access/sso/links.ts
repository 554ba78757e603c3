import { Problem, newId } from '../../kernel/index.js';
import type { KeyPlace, RingKey, SealedTable, Store, Tx } from '../../store/index.js';
import {
  audit,
  currentHash,
  findByHash,
  matchHash,
  runCommand,
  seal,
  sealWith,
  unseal,
} from '../../store/index.js';
import type { AccountAct } from '../accounts/account-act.js';
import { reasonOfAct, requireOpenAccount, signOutEverywhere } from '../accounts/account-act.js';

/** A subject of one issuer, as `findByHash` looks it up: the issuer is part of what is hashed. */
const DOMAIN = 'account_links.match_hash';
const matchText = (issuer: string, subject: string): string => `${issuer}\0${subject}`;

interface LinkRow {
  link_id: string;
  account_id: string;
  issuer: string;
  key_id: string;
  ciphertext: Buffer;
}

const contextOf = ({ link_id, account_id, issuer }: Omit<LinkRow, 'key_id' | 'ciphertext'>) =>
  `account_links/${link_id}/${account_id}/${issuer}`;

/** The account that a subject of the single sign-on opens. */
export async function findLinkedAccount(
  tx: Tx,
  issuer: string,
  subject: string,
): Promise<{ accountId: string; fullName: string } | null> {
  const rows = await findByHash(tx, matchText(issuer, subject), DOMAIN, async (hashes) => {
    const found = await tx.query<{ accountId: string; fullName: string }>(
      `select l.account_id as "accountId", p.full_name as "fullName"
       from account_links l
       join accounts a on a.account_id = l.account_id
       join people p on p.person_account_id = a.person_account_id
       where l.match_hash = any ($1::bytea[]) and l.issuer = $2 and l.ended_at is null
         and a.disabled_at is null and not a.is_demo`,
      [hashes, issuer],
    );
    return found.rows;
  });
  return rows[0] ?? null;
}

export async function countLinks(tx: Tx, accountId: string): Promise<number> {
  const { rows } = await tx.query<{ links: number }>(
    `select count(*)::int as links from account_links
     where account_id = $1 and ended_at is null`,
    [accountId],
  );
  return rows[0]?.links ?? 0;
}

/**
 * Whoever the issuer calls `subject` may open this account from now on; where it was signed in, it is not.
 * @throws Problem `subject-linked` (to another account), `demo-account`, `account-unknown`,
 *   `account-closed`, `reason-missing`
 */
export async function linkSubject(
  store: Store,
  act: AccountAct & { issuer: string; subject: string },
): Promise<{ accountId: string; username: string }> {
  const { actor, commandId, username, issuer, subject } = act;
  const reason = reasonOfAct(act.reason);
  if (subject.trim() === '' || subject.length > 255) throw subjectRefused();
  // A subject may be a personal number: the command keeps its keyed hash alone.
  const hash = currentHash(store, matchText(issuer, subject), 'command').toString('hex');
  const call = { actor, commandId, name: 'account.link', permission: 'account:propose' as const };
  const input = { username, issuer, hash };
  return runCommand(store, { ...call, input, reason }, async (tx) => {
    const account = await requireOpenAccount(tx, username);
    if (account.isDemo) throw demoAccount();
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`link ${issuer}`]);
    const known = await findLinkedAccount(tx, issuer, subject);
    if (known && known.accountId !== account.accountId) throw taken();
    if (!known) {
      await insertLink(tx, account.accountId, issuer, subject);
      await signOutEverywhere(tx, account.accountId);
    }
    await audit(tx, {
      ...{ action: 'account.link', subjectKind: 'account', subjectId: account.accountId },
      ...{ payload: { issuer }, reason },
    });
    return { accountId: account.accountId, username: account.username };
  });
}

async function insertLink(
  tx: Tx,
  accountId: string,
  issuer: string,
  subject: string,
): Promise<void> {
  const row = { link_id: newId(tx.clock), account_id: accountId, issuer };
  const { keyId, ciphertext } = await seal(tx, subject, contextOf(row));
  await tx.query(
    `insert into account_links (link_id, account_id, issuer, key_id, ciphertext, match_hash,
       linked_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ...[row.link_id, accountId, issuer, keyId, ciphertext],
      ...[currentHash(tx, matchText(issuer, subject), DOMAIN), tx.now],
    ],
  );
}

/**
 * Ends all links of an account, and where it is signed in.
 * @throws Problem `link-missing`, `password-off` (nothing would open the account any more),
 *   `account-closed`, `reason-missing`
 */
export async function unlinkSubjects(
  store: Store,
  act: AccountAct,
): Promise<{ accountId: string; username: string }> {
  const { actor, commandId, username } = act;
  const reason = reasonOfAct(act.reason);
  const call = { actor, commandId, name: 'account.unlink', permission: 'account:propose' as const };
  return runCommand(store, { ...call, input: { username, reason }, reason }, async (tx) => {
    const account = await requireOpenAccount(tx, username);
    const { rowCount } = await tx.query(
      'update account_links set ended_at = $2 where account_id = $1 and ended_at is null',
      [account.accountId, tx.now],
    );
    if (rowCount === 0) throw linkMissing(username);
    if (!account.hasLocalPassword) throw passwordOff(username);
    await signOutEverywhere(tx, account.accountId);
    await audit(tx, {
      ...{ action: 'account.unlink', subjectKind: 'account', subjectId: account.accountId },
      ...{ payload: { links: rowCount }, reason },
    });
    return { accountId: account.accountId, username: account.username };
  });
}

const subjectOf = (place: KeyPlace, row: LinkRow): string =>
  unseal(place, { keyId: row.key_id, ciphertext: row.ciphertext }, contextOf(row));

async function moveLink(tx: Tx, key: RingKey, row: LinkRow): Promise<void> {
  const subject = subjectOf(tx, row);
  const { ciphertext } = sealWith(key, subject, contextOf(row));
  await tx.query(
    `update account_links set key_id = $2, ciphertext = $3, match_hash = $4
     where link_id = $1 and key_id = $5`,
    [
      ...[row.link_id, key.id, ciphertext],
      ...[matchHash(key, matchText(row.issuer, subject), DOMAIN), row.key_id],
    ],
  );
}

/** Subjects of the single sign-on, for `thonban keys`. */
export const SEALED_ACCOUNT_LINKS: SealedTable = {
  name: 'account_links',
  label: 'Liên kết đăng nhập chung',
  count: async (tx) => {
    const { rows } = await tx.query<{ keyId: string; rows: number }>(
      'select key_id as "keyId", count(*)::int as rows from account_links group by key_id',
    );
    return rows;
  },
  reseal: async (tx, key, from, limit) => {
    const { rows } = await tx.query<LinkRow>(
      `select link_id, account_id, issuer, key_id, ciphertext from account_links
       where key_id = any ($1::text[]) limit $2`,
      [from, limit],
    );
    for (const row of rows) await moveLink(tx, key, row);
    return rows.length;
  },
};

const subjectRefused = (): Problem =>
  new Problem('refused', {
    code: 'subject-refused',
    what: 'Mã định danh của cổng đăng nhập chung trống hoặc quá dài.',
    todo: 'Chép đúng mã hiện trên trang báo chưa nối tài khoản.',
  });

const taken = (): Problem =>
  new Problem('conflict', {
    code: 'subject-linked',
    what: 'Người này của cổng đăng nhập chung đã nối với một tài khoản khác.',
    todo: 'Bỏ liên kết cũ trước: thonban user unlink',
  });

const demoAccount = (): Problem =>
  new Problem('refused', {
    code: 'demo-account',
    what: 'Tài khoản trình diễn không nối với cổng đăng nhập chung.',
    todo: 'Việc này làm được trên hệ thống thật.',
  });

const passwordOff = (username: string): Problem =>
  new Problem('refused', {
    code: 'password-off',
    what: `Tài khoản "${username.slice(0, 40)}" không dùng mật khẩu riêng.`,
    why: 'Bỏ liên kết thì không còn cách nào đăng nhập.',
    todo: 'Đặt mật khẩu trước (thonban user password), hoặc đóng tài khoản.',
  });

const linkMissing = (username: string): Problem =>
  new Problem('refused', {
    code: 'link-missing',
    what: `Tài khoản "${username.slice(0, 40)}" chưa nối với cổng đăng nhập chung.`,
    todo: 'Không cần bỏ liên kết.',
  });
