import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import { isHttps } from './client.js';
import type { Ctx } from './env.js';

const DAY_SECONDS = 86_400;

/**
 * Cookies of this site: out of reach of scripts, never sent along by forms of other sites, and behind
 * https bound to it (`Secure`) and to this very host (`__Host-`), so that no neighbour plants one.
 */
function cookie(name: string, lasts?: number) {
  const prefix = (c: Ctx): 'host' | undefined => (isHttps(c) ? 'host' : undefined);
  return {
    read: (c: Ctx): string | null => getCookie(c, name, prefix(c)) ?? null,
    keep: (c: Ctx, value: string): void => {
      const options: CookieOptions = { httpOnly: true, sameSite: 'Lax', path: '/' };
      if (lasts !== undefined) options.maxAge = lasts;
      if (isHttps(c)) Object.assign(options, { secure: true, prefix: 'host' });
      setCookie(c, name, value, options);
    },
    drop: (c: Ctx): void => {
      const options: CookieOptions = { path: '/', secure: isHttps(c) };
      deleteCookie(c, name, isHttps(c) ? { ...options, prefix: 'host' } : options);
    },
  };
}

/** The session; goes with the browser window. */
export const sessionCookie = cookie('thonban_session');

/** The lasting mark of a browser that was signed in before. */
export const browserCookie = cookie('thonban_browser', 180 * DAY_SECONDS);

/** On the way to the single sign-on and back. */
export const ssoCookie = cookie('thonban_sso', 600);
