import type { SsoProvider } from '../access/index.js';
import { ssoProvider, ssoSettings } from '../access/index.js';
import { Problem } from '../kernel/index.js';

/** How the site stands in the network, from the environment. */
export interface SiteSettings {
  /** How many reverse proxies of ours stand before it (TRUST_PROXY); 0 = their headers mean nothing. */
  trustedProxies: number;
  /** Where people reach it (PUBLIC_URL), as an origin; `null` = as the request says. */
  publicUrl: string | null;
  /** Tell browsers never to come by http again (HSTS=1). */
  isStrictHttps: boolean;
  /** The province's single sign-on or VNeID, when there is one. */
  sso: SsoProvider | null;
}

/** A site on its own machine: no proxy, no single sign-on. */
export const LOCAL_SITE: SiteSettings = {
  trustedProxies: 0,
  publicUrl: null,
  isStrictHttps: false,
  sso: null,
};

/** @throws Problem `site-settings-wrong`, `sso-settings-wrong` */
export function siteSettings(env: NodeJS.ProcessEnv, dataDir: string): SiteSettings {
  const sso = ssoSettings(env, dataDir);
  const site = publicSiteSettings(env);
  return sso ? { ...site, publicUrl: sso.publicUrl, sso: ssoProvider(sso) } : site;
}

/**
 * The same for a site where nobody signs in.
 * @throws Problem `site-settings-wrong`
 */
export function publicSiteSettings(env: NodeJS.ProcessEnv): SiteSettings {
  return {
    trustedProxies: proxiesOf(env['TRUST_PROXY'] ?? ''),
    publicUrl: originOf(env['PUBLIC_URL'] ?? ''),
    isStrictHttps: env['HSTS'] === '1',
    sso: null,
  };
}

function proxiesOf(text: string): number {
  if (/^[0-9]?$/.test(text)) return Number(text);
  throw wrong(`TRUST_PROXY=${text}`, 'Ghi số máy chủ trung gian đứng trước hệ thống, thường là 1.');
}

function originOf(text: string): string | null {
  if (text === '') return null;
  try {
    const { protocol, origin } = new URL(text);
    if (protocol === 'https:' || protocol === 'http:') return origin;
  } catch {
    // Told below.
  }
  throw wrong(`PUBLIC_URL=${text}`, 'Ghi địa chỉ đầy đủ, ví dụ https://thonban.langson.gov.vn');
}

const wrong = (what: string, todo: string): Problem =>
  new Problem('environment', {
    code: 'site-settings-wrong',
    what: `Không đọc được ${what}.`,
    todo,
  });
