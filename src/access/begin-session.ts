import { Problem } from '../kernel/index.js';
import type { Store, Tx } from '../store/index.js';
import { audit, withActor } from '../store/index.js';
import { endSession, openSession } from './sessions/sessions.js';
import type { SessionStage, SignInMethod } from './sessions/sessions.js';
import { isToken, newToken } from './sessions/tokens.js';

/** What surrounds a sign-in, whichever way it comes. */
export interface Around {
  /** What the browser calls itself, kept so that a person can recognise their sessions. */
  device?: string | null;
  /** The session the same browser had until now; it ends. */
  previousToken?: string | null;
  /** The lasting mark of the browser, from an earlier sign-in. */
  browserToken?: string | null;
}

export interface SignedIn {
  token: string;
  /** Mark of the browser, to be kept by it: it is known again at its next sign-in. */
  browserToken: string;
  /** What is still to be done before anything else. */
  stage: SessionStage;
}

interface Begin extends Around {
  isKnownBrowser?: boolean;
  /** In the transaction in which the session opens. */
  onBegin?: (tx: Tx) => Promise<void>;
}

/** Opens a session for somebody who has shown who they are. */
export async function beginSession(
  store: Store,
  account: { id: string; name: string },
  method: SignInMethod,
  around: Begin,
): Promise<SignedIn> {
  const { device = null, previousToken, browserToken } = around;
  const browser = isToken(browserToken) ? browserToken : newToken();
  const seat = device === null ? {} : { device: device.slice(0, 120) };
  const actor = { ...account, ...seat, officeId: null, scopes: [], grants: [] };
  const opened = await withActor(store, actor, async (tx) => {
    if (previousToken) await endSession(tx, previousToken, 'signed-in-anew');
    await around.onBegin?.(tx);
    await audit(tx, {
      ...{ action: 'access.sign-in', subjectKind: 'account', subjectId: account.id },
      payload: { method, isKnownBrowser: around.isKnownBrowser ?? false },
    });
    return openSession(tx, { accountId: account.id, device, browserToken: browser, method });
  });
  if (opened) return { ...opened, browserToken: browser };
  throw new Problem('conflict', {
    code: 'account-closed-meanwhile',
    what: 'Tài khoản vừa được đóng.',
    todo: 'Hỏi người quản trị của tỉnh.',
  });
}
