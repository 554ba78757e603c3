import * as oidc from 'openid-client';
import { Problem } from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import {
  SYSTEM_ACTOR,
  audit,
  findInstance,
  openToken,
  sealToken,
  withActor,
} from '../../store/index.js';
import { beginSession } from '../begin-session.js';
import type { Around, SignedIn } from '../begin-session.js';
import { findLinkedAccount } from './links.js';
import { ssoFailed } from './sso-provider.js';
import type { SsoProvider } from './sso-provider.js';

/** Where the provider sends people back to. */
export const SSO_RETURN = '/dang-nhap/cong-chung/ve';

/** How long somebody may take at the provider. */
const TICKET_MS = 10 * 60_000;
const TICKET = 'sso-ticket';

interface Ticket {
  state: string;
  nonce: string;
  verifier: string;
  /** Where to go in the end. */
  next: string;
  until: number;
}

/**
 * Begins signing in at the provider (authorization code with PKCE). The ticket is kept by the browser in
 * a cookie: only there does the way back work, once.
 */
export async function beginSso(
  store: Store,
  provider: SsoProvider,
  next: string,
): Promise<{ url: string; ticket: string }> {
  const configuration = await provider.configuration();
  const [state, nonce, verifier] = [
    oidc.randomState(),
    oidc.randomNonce(),
    oidc.randomPKCECodeVerifier(),
  ];
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: `${provider.settings.publicUrl}${SSO_RETURN}`,
    scope: provider.settings.scope,
    ...{ state, nonce },
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const until = store.clock.now().getTime() + TICKET_MS;
  const ticket: Ticket = { state, nonce, verifier, next, until };
  return { url: url.href, ticket: sealToken(store, ticket, TICKET) };
}

/**
 * Ends signing in with what the provider sent back.
 * @param query of the address the provider sent the browser to, with its `?`
 * @throws Problem `sso-not-begun` (another browser, too late, twice), `sso-declined`, `sso-failed`,
 *   `sso-unknown` (nobody here is linked to that person; `details.subject`)
 */
export async function finishSso(
  store: Store,
  provider: SsoProvider,
  input: Around & { query: string; ticket: string | null },
): Promise<SignedIn & { next: string }> {
  const ticket = openTicket(store, input.ticket);
  const state = new URLSearchParams(input.query).get('state');
  if (ticket?.state !== state) throw notBegun();
  const subject = await subjectFrom(provider, ticket, input.query);
  const { issuer } = provider.settings;
  const account = await withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    const isReal = (await findInstance(tx))?.kind === 'real';
    const found = isReal ? await findLinkedAccount(tx, issuer, subject) : null;
    if (!found) {
      await audit(tx, {
        ...{ action: 'access.sign-in-refused', subjectKind: 'account', subjectId: 'unknown' },
        payload: { method: 'sso', issuer },
      });
    }
    return found;
  });
  if (!account) throw unknownSubject(provider, subject);
  const who = { id: account.accountId, name: account.fullName };
  const signedIn = await beginSession(store, who, 'sso', input);
  return { ...signedIn, next: ticket.next };
}

function openTicket(store: Store, sealed: string | null): Ticket | null {
  const ticket = sealed === null ? null : (openToken(store, sealed, TICKET) as Ticket | null);
  return ticket && ticket.until > store.clock.now().getTime() ? ticket : null;
}

/** Who the provider says this is, by the claim that was agreed. */
async function subjectFrom(provider: SsoProvider, ticket: Ticket, query: string): Promise<string> {
  const { settings } = provider;
  const configuration = await provider.configuration();
  try {
    const back = new URL(`${SSO_RETURN}${query}`, settings.publicUrl);
    const tokens = await oidc.authorizationCodeGrant(configuration, back, {
      pkceCodeVerifier: ticket.verifier,
      expectedState: ticket.state,
      expectedNonce: ticket.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    const told = claims?.[settings.claim];
    if (typeof told === 'string' && told !== '') return told;
    const more = await oidc.fetchUserInfo(configuration, tokens.access_token, claims?.sub ?? '');
    const said = more[settings.claim];
    if (typeof said === 'string' && said !== '') return said;
    throw new Error(`no claim "${settings.claim}"`);
  } catch (error) {
    if (error instanceof oidc.AuthorizationResponseError) throw declined(settings.label, error);
    throw ssoFailed(settings, error);
  }
}

/** Where to sign out of the provider too; `null` when it has no such address. */
export async function ssoSignOutUrl(provider: SsoProvider): Promise<string | null> {
  const configuration = await provider.configuration();
  if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
  return oidc.buildEndSessionUrl(configuration, {
    post_logout_redirect_uri: `${provider.settings.publicUrl}/`,
  }).href;
}

const notBegun = (): Problem =>
  new Problem('refused', {
    code: 'sso-not-begun',
    what: 'Lượt đăng nhập này không bắt đầu từ trình duyệt này, đã quá 10 phút hoặc đã dùng rồi.',
    todo: 'Bấm lại nút đăng nhập.',
  });

const declined = (label: string, cause: unknown): Problem =>
  new Problem(
    'refused',
    {
      code: 'sso-declined',
      what: `${label} không xác nhận lượt đăng nhập này.`,
      why: 'Bạn đã dừng giữa chừng, hoặc tài khoản ở đó không được phép.',
      todo: 'Thử lại, hoặc đăng nhập bằng mật khẩu.',
    },
    cause,
  );

const unknownSubject = ({ settings }: SsoProvider, subject: string): Problem =>
  new Problem('refused', {
    code: 'sso-unknown',
    what: `Người đăng nhập qua ${settings.label} chưa nối với tài khoản nào của hệ thống.`,
    why: 'Tài khoản do người quản trị của tỉnh tạo và nối; hệ thống không tự tạo.',
    todo: 'Gửi mã dưới đây cho người quản trị để được nối tài khoản.',
    details: { subject },
  });
