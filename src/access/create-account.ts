import type { PlainDate } from '../kernel/index.js';
import { Problem, newId, tidyText, today } from '../kernel/index.js';
import type { Actor, Store, Tx } from '../store/index.js';
import { audit, findInstance, runCommand } from '../store/index.js';
import { insertAssignment } from './offices/assignments.js';
import { officeOfNewRole } from './offices/office-for-role.js';
import { checkPassword } from './passwords/check-password.js';
import { hashPassword } from './passwords/passwords.js';
import { requireRole } from './roles.js';
import type { Scope } from './scopes.js';
import { checkRoleScope } from './scopes.js';

export interface NewAccount {
  actor: Actor;
  /** UUID made with the form or by the command line. */
  commandId: string;
  username: string;
  fullName: string;
  password: string;
  /** Id of a role of `packs/national/access/roles.yaml`. */
  role: string;
  scope: Scope;
  /** The office the role is held in; the one of the scope that fits the role unless named. */
  officeId?: string;
  isDemo?: boolean;
  /** First day of the role; today when absent. */
  validFrom?: PlainDate;
}

const USERNAME = /^[a-z0-9][a-z0-9._-]{1,39}$/;

/**
 * Makes a person's account with one role over one scope.
 * @returns the id of the account
 * @throws Problem `username-refused`, `password-refused`, `username-taken`, `role-scope-mismatch`,
 *   `account-of-wrong-kind` (a demonstration account on a real instance, or the other way round)
 */
export async function createAccount(store: Store, account: NewAccount): Promise<string> {
  const { actor, commandId, username, role, scope, isDemo = false } = account;
  if (!USERNAME.test(username)) throw usernameRefused(username);
  const fullName = tidyText(account.fullName);
  if (fullName === '') {
    throw new Problem('refused', { code: 'name-missing', what: 'Thiếu họ tên.' });
  }
  if (!isDemo) await checkPassword(account.password, { username, fullName });
  const held = requireRole(role);
  checkRoleScope(held, scope);
  const passwordHash = await hashPassword(account.password);
  const { officeId: named } = account;
  const facts = { username, fullName, role, scopeKey: scope.key, isDemo };
  // As typed, so that a form sent again after midnight is the same command; the password is no part of it:
  // inputs are kept, passwords are not.
  const input = { ...facts, validFrom: account.validFrom ?? null, officeId: named };
  const call = { actor, commandId, name: 'account.create', permission: 'account:propose' as const };
  return runCommand(store, { ...call, input }, async (tx) => {
    await refuseWrongKind(tx, isDemo);
    await refuseTaken(tx, username);
    const accountId = newId(store.clock);
    const personId = newId(store.clock);
    const validFrom = account.validFrom ?? today(tx.clock);
    const officeId = await officeOfNewRole(tx, { role: held, scope, officeId: named, validFrom });
    await tx.query(
      'insert into people (person_account_id, full_name, is_synthetic) values ($1, $2, $3)',
      [personId, fullName, isDemo],
    );
    await tx.query(
      `insert into accounts (account_id, username, password_hash, person_account_id, is_demo,
         created_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [accountId, username, passwordHash, personId, isDemo, tx.now],
    );
    await insertAssignment(tx, {
      ...{ personId, officeId, role, scopeKey: scope.key },
      ...{ validFrom, validTo: null },
    });
    await audit(tx, {
      ...{ action: 'account.create', subjectKind: 'account', subjectId: accountId },
      payload: { ...facts, validFrom, ...(named !== undefined && { officeId: named }) },
    });
    return accountId;
  });
}

async function refuseWrongKind(tx: Tx, isDemo: boolean): Promise<void> {
  const kind = (await findInstance(tx))?.kind;
  if (kind === (isDemo ? 'demo' : 'real')) return;
  const what = !kind
    ? 'Hệ thống chưa được khởi tạo nên chưa tạo được tài khoản.'
    : isDemo
      ? 'Hệ thống thật không nhận tài khoản trình diễn.'
      : 'Bản trình diễn chỉ có các tài khoản trình diễn.';
  const todo = kind
    ? 'Dùng thư mục dữ liệu của hệ thống cần tạo tài khoản (THONBAN_DATA).'
    : 'Chạy "thonban init --province 20" trước.';
  throw new Problem('refused', { code: 'account-of-wrong-kind', what, todo });
}

async function refuseTaken(tx: Tx, username: string): Promise<void> {
  const { rowCount } = await tx.query('select from accounts where username = $1', [username]);
  if (rowCount === 0) return;
  throw new Problem('conflict', {
    code: 'username-taken',
    what: `Tên đăng nhập "${username}" đã có người dùng.`,
    todo: 'Chọn tên khác.',
  });
}

const usernameRefused = (username: string): Problem =>
  new Problem('refused', {
    code: 'username-refused',
    what: `Không nhận tên đăng nhập "${username}".`,
    why: 'Tên gồm 2–40 chữ thường không dấu, chữ số, dấu chấm, gạch ngang hoặc gạch dưới.',
    todo: 'Ví dụ: nguyen.van.a',
  });
