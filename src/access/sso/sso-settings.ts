import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Problem } from '../../kernel/index.js';
import { refuseOpenFile } from '../../store/index.js';

/** How this instance takes part in a single sign-on (OpenID Connect): the province's own, or VNeID. */
export interface SsoSettings {
  /** Exactly as the provider writes it. */
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  /** On the button: "Đăng nhập bằng VNeID". */
  label: string;
  /** Which claim says who somebody is; `sub` unless the provider's `sub` changes from client to client. */
  claim: string;
  scope: string;
  /** Where this site is reached, for the way back: `https://thonban.langson.gov.vn`. */
  publicUrl: string;
  /** http instead of https, for a provider on this very machine alone. */
  allowsLoopback: boolean;
}

const FILE = 'oidc.json';

const schema = z.strictObject({
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  label: z.string().min(1).max(40).default('cổng đăng nhập chung'),
  claim: z.string().min(1).default('sub'),
  scope: z.string().min(1).default('openid'),
  publicUrl: z.url(),
  allowLoopbackHttp: z.boolean().default(false),
});

/**
 * Reads the settings: `oidc.json` of the data directory (mode 600), each overridden by its variable
 * (OIDC_ISSUER, OIDC_CLIENT_ID, …, PUBLIC_URL). `null` when there is no single sign-on.
 * @throws Problem `sso-settings-wrong`
 */
export function ssoSettings(env: NodeJS.ProcessEnv, dataDir: string): SsoSettings | null {
  const file = path.join(dataDir, FILE);
  const told = { ...fromFile(file), ...fromEnvironment(env) };
  if (told['issuer'] === undefined && !fs.existsSync(file)) return null;
  const read = schema.safeParse(told);
  if (!read.success) {
    const first = read.error.issues[0];
    throw wrong(`${first?.path.join('.') ?? ''}: ${first?.message ?? ''}`);
  }
  const { allowLoopbackHttp: allowsLoopback, clientSecret, publicUrl, ...rest } = read.data;
  refuseInsecure('issuer', rest.issuer, allowsLoopback);
  refuseInsecure('publicUrl', publicUrl, allowsLoopback);
  const origin = new URL(publicUrl).origin;
  return { ...rest, allowsLoopback, clientSecret: clientSecret ?? null, publicUrl: origin };
}

function fromFile(file: string): Record<string, unknown> {
  if (!fs.existsSync(file)) return {};
  refuseOpenFile(file, 'Trong tệp có mật khẩu của hệ thống này ở cổng đăng nhập chung.');
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw wrong(`${file}: ${error instanceof Error ? error.message : ''}`);
  }
}

function fromEnvironment(env: NodeJS.ProcessEnv): Record<string, unknown> {
  const told: Record<string, unknown> = {
    issuer: env['OIDC_ISSUER'],
    clientId: env['OIDC_CLIENT_ID'],
    clientSecret: env['OIDC_CLIENT_SECRET'],
    label: env['OIDC_LABEL'],
    claim: env['OIDC_CLAIM'],
    scope: env['OIDC_SCOPE'],
    publicUrl: env['PUBLIC_URL'],
    ...(env['OIDC_ALLOW_LOOPBACK_HTTP'] === '1' && { allowLoopbackHttp: true }),
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => Boolean(value)));
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Codes and tokens travel there: without encryption never beyond this machine. */
function refuseInsecure(name: string, address: string, allowsLoopback: boolean): void {
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:') return;
  if (protocol === 'http:' && allowsLoopback && LOOPBACK.has(hostname)) return;
  throw wrong(`${name}: phải là địa chỉ https`);
}

const wrong = (why: string): Problem =>
  new Problem('environment', {
    code: 'sso-settings-wrong',
    what: 'Cấu hình cổng đăng nhập chung (OpenID Connect) chưa đúng.',
    why,
    todo: 'Sửa oidc.json trong thư mục dữ liệu hoặc các biến OIDC_… và PUBLIC_URL; xem docs/sign-in.md.',
  });
