import { isIP } from 'node:net';
import type { Ctx } from './env.js';

/** What @hono/node-server lends of the connection; nothing when the app is called without a server. */
interface Connection {
  incoming?: { socket?: { remoteAddress?: string } };
}

/**
 * Where a request comes from; `null` when that is not known. `X-Forwarded-For` counts only behind
 * proxies of ours (TRUST_PROXY), and of it only what they wrote themselves: whoever asks may write
 * anything before that.
 */
export function clientAddress(c: Ctx): string | null {
  const remote = (c.env as Connection | undefined)?.incoming?.socket?.remoteAddress ?? null;
  const { trustedProxies } = c.get('settings');
  if (trustedProxies === 0) return remote;
  const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
  const told = hops.at(-trustedProxies) ?? '';
  return isIP(told) ? told : remote;
}

/** Did the request come by https? A proxy of ours says so, or the site's own address does. */
export function isHttps(c: Ctx): boolean {
  const { trustedProxies, publicUrl } = c.get('settings');
  if (publicUrl?.startsWith('https:')) return true;
  return trustedProxies > 0 && c.req.header('x-forwarded-proto') === 'https';
}

/** The origin under which the browser knows this site. */
export function siteOrigin(c: Ctx): string {
  const { publicUrl } = c.get('settings');
  if (publicUrl) return publicUrl;
  const { origin } = new URL(c.req.url);
  return isHttps(c) ? origin.replace(/^http:/, 'https:') : origin;
}
