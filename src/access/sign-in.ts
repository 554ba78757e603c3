import { Problem } from '../kernel/index.js';
import type { Store } from '../store/index.js';
import { SYSTEM_ACTOR, audit, withActor } from '../store/index.js';
import type { Subject } from './attempts.js';
import { attemptSucceeded, attemptUndone, beginAttempt, networkOf } from './attempts.js';
import { beginSession } from './begin-session.js';
import type { Around, SignedIn } from './begin-session.js';
import { isPassword } from './passwords/passwords.js';
import { hashOf, isToken } from './sessions/tokens.js';

export interface SignIn extends Around {
  username: string;
  password: string;
  /** Where the request comes from; failures are counted there too. */
  address?: string | null;
}

/**
 * Opens a session for the right name and password; where the role needs it, a code is still to come.
 * @throws Problem `sign-in-refused` (one sentence, whatever was wrong) or `sign-in-too-often`
 */
export async function signIn(store: Store, input: SignIn): Promise<SignedIn> {
  const username = input.username.normalize('NFC').trim().toLowerCase().slice(0, 100);
  const account = await findAccount(store, username, input.browserToken ?? null);
  const subjects = subjectsOf(username, account, input);
  await beginAttempt(store, subjects);
  const hash = account?.has_local_password ? account.password_hash : null;
  const isRight = await isPassword(hash, input.password).catch(async (error: unknown) => {
    // Too many are waiting: nobody looked at the password, so a busy morning locks nobody out.
    await attemptUndone(store, subjects);
    throw error;
  });
  if (!isRight || !account) {
    const device = input.device?.slice(0, 120);
    await withActor(store, { ...SYSTEM_ACTOR([]), ...(device && { device }) }, (tx) =>
      audit(tx, {
        action: 'access.sign-in-refused',
        subjectKind: 'account',
        subjectId: account?.account_id ?? 'unknown',
      }),
    );
    throw refused();
  }
  return beginSession(store, { id: account.account_id, name: account.full_name }, 'password', {
    ...input,
    isKnownBrowser: account.is_known_browser,
    onBegin: (tx) => attemptSucceeded(tx, subjects),
  });
}

/**
 * What the attempt is counted for. A browser that was signed in to this account before has a count of
 * its own, so that a stranger who keeps trying the name cannot keep its owner out.
 */
function subjectsOf(
  username: string,
  account: AccountRow | undefined,
  { browserToken, address }: SignIn,
): Subject[] {
  if (account?.is_known_browser) {
    return [{ kind: 'browser', text: `${account.account_id} ${browserToken ?? ''}` }];
  }
  const name: Subject = { kind: 'name', text: username };
  return address ? [{ kind: 'address', text: networkOf(address) }, name] : [name];
}

interface AccountRow {
  account_id: string;
  password_hash: string;
  has_local_password: boolean;
  full_name: string;
  is_known_browser: boolean;
}

async function findAccount(
  store: Store,
  username: string,
  browserToken: string | null,
): Promise<AccountRow | undefined> {
  const browser = isToken(browserToken) ? hashOf(browserToken) : null;
  const { rows } = await withActor(
    store,
    SYSTEM_ACTOR([]),
    (tx) =>
      tx.query<AccountRow>(
        `select a.account_id, a.password_hash, a.has_local_password, p.full_name,
           exists (select from sessions s where s.account_id = a.account_id
             and s.browser_hash = $2) as is_known_browser
         from accounts a join people p on p.person_account_id = a.person_account_id
         where a.username = $1 and a.disabled_at is null
           and not (a.is_demo and exists (select from instance where kind = 'real'))`,
        [username, browser],
      ),
    { readOnly: true },
  );
  return rows[0];
}

const refused = (): Problem =>
  new Problem('refused', {
    code: 'sign-in-refused',
    what: 'Tên đăng nhập hoặc mật khẩu không đúng.',
    todo: 'Kiểm tra bộ gõ và phím Caps Lock rồi thử lại; nếu quên mật khẩu, hỏi người quản trị.',
  });
