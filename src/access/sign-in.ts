import { Problem } from '../kernel/index.js';
import type { Store } from '../store/index.js';
import { SYSTEM_ACTOR, audit, withActor } from '../store/index.js';
import { Attempts } from './attempts.js';
import { isPassword } from './passwords.js';
import { endSession, openSession } from './sessions.js';

export interface SignIn {
  username: string;
  password: string;
  /** What the browser calls itself, kept so that a person can recognise their sessions. */
  device?: string | null;
  /** The session the same browser had until now; it ends. */
  previousToken?: string | null;
}

const attemptsOf = new WeakMap<Store, Attempts>();

function attempts(store: Store): Attempts {
  const known = attemptsOf.get(store) ?? new Attempts();
  attemptsOf.set(store, known);
  return known;
}

/**
 * Opens a session for the right name and password.
 * @throws Problem `sign-in-refused` (one sentence, whatever was wrong) or `sign-in-too-often`
 */
export async function signIn(store: Store, input: SignIn): Promise<{ token: string }> {
  const username = input.username.normalize('NFC').trim().toLowerCase().slice(0, 100);
  const wait = attempts(store).begin(username, store.clock.now().getTime());
  if (wait > 0) throw tooOften(wait);
  const account = await findAccount(store, username);
  const isRight = await isPassword(account?.password_hash ?? null, input.password);
  if (!isRight || !account) {
    await withActor(store, SYSTEM_ACTOR([]), (tx) =>
      audit(tx, {
        action: 'access.sign-in-refused',
        subjectKind: 'account',
        subjectId: account?.account_id ?? 'unknown',
      }),
    );
    throw refused();
  }
  attempts(store).succeed(username);
  const actor = { id: account.account_id, name: account.full_name, officeId: null };
  const token = await withActor(store, { ...actor, scopes: [], grants: [] }, async (tx) => {
    if (input.previousToken) await endSession(tx, input.previousToken);
    await audit(tx, {
      action: 'access.sign-in',
      subjectKind: 'account',
      subjectId: account.account_id,
    });
    return openSession(tx, account.account_id, input.device ?? null);
  });
  return { token };
}

interface AccountRow {
  account_id: string;
  password_hash: string;
  full_name: string;
}

async function findAccount(store: Store, username: string): Promise<AccountRow | undefined> {
  const { rows } = await withActor(
    store,
    SYSTEM_ACTOR([]),
    (tx) =>
      tx.query<AccountRow>(
        `select a.account_id, a.password_hash, p.full_name
         from accounts a join people p on p.person_account_id = a.person_account_id
         where a.username = $1 and a.disabled_at is null
           and not (a.is_demo and exists (select from instance where kind = 'real'))`,
        [username],
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

const tooOften = (waitMs: number): Problem =>
  new Problem('refused', {
    code: 'sign-in-too-often',
    what: 'Đã nhập sai nhiều lần liên tiếp.',
    todo: `Chờ ${Math.ceil(waitMs / 1000)} giây rồi thử lại.`,
    details: { waitSeconds: Math.ceil(waitMs / 1000) },
  });
