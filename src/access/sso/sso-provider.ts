import * as oidc from 'openid-client';
import { Problem } from '../../kernel/index.js';
import type { SsoSettings } from './sso-settings.js';

/** One provider, asked for its addresses at the first use; it may be down while this site runs. */
export interface SsoProvider {
  settings: SsoSettings;
  configuration(): Promise<oidc.Configuration>;
}

const TIMEOUT_SECONDS = 10;

export function ssoProvider(settings: SsoSettings): SsoProvider {
  let known: Promise<oidc.Configuration> | undefined;
  const configuration = (): Promise<oidc.Configuration> =>
    (known ??= discover(settings).catch((error: unknown) => {
      known = undefined;
      throw ssoFailed(settings, error);
    }));
  return { settings, configuration };
}

function discover(settings: SsoSettings): Promise<oidc.Configuration> {
  const { issuer, clientId, clientSecret, allowsLoopback } = settings;
  return oidc.discovery(
    new URL(issuer),
    clientId,
    clientSecret ?? undefined,
    clientSecret === null ? oidc.None() : undefined,
    {
      timeout: TIMEOUT_SECONDS,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; `ssoSettings` allows it for addresses of this machine alone
      ...(allowsLoopback && { execute: [oidc.allowInsecureRequests] }),
    },
  );
}

/** The provider does not answer, or not as agreed. What it said goes to the log of the server alone. */
export const ssoFailed = ({ label }: SsoSettings, cause: unknown): Problem =>
  new Problem(
    'environment',
    {
      code: 'sso-failed',
      what: `Không đăng nhập được qua ${label}.`,
      why: 'Cổng đăng nhập không trả lời, hoặc trả lời không đúng như đã thỏa thuận.',
      todo: 'Thử lại sau ít phút; người có mật khẩu riêng thì đăng nhập bằng mật khẩu.',
    },
    cause,
  );
