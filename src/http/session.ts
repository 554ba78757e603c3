import type { MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { actorOfSession } from '../access/index.js';
import { inspectionOf } from '../audit/index.js';
import type { Ctx, Env, Instance, PublicAppDeps } from './env.js';
import { namedInstance } from './instance.js';
import { instantText } from './instant.js';
import { may, permissionsOf } from '../store/index.js';
import type { Actor, Store } from '../store/index.js';
import type { Shell } from '../web/index.js';

const COOKIE = 'thonban_session';

/** Behind a proxy that speaks https, the cookie is sent over https only. */
const isSecure = (c: Ctx): boolean => c.req.header('x-forwarded-proto') === 'https';

/** Keeps the token in a cookie that scripts and other sites cannot use. */
export function keepSession(c: Ctx, token: string): void {
  setCookie(c, COOKIE, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: isSecure(c),
  });
}

export const sessionToken = (c: Ctx): string | null => getCookie(c, COOKIE) ?? null;

export const dropSession = (c: Ctx): void => {
  deleteCookie(c, COOKIE, { path: '/' });
};

interface ShellDeps {
  store: Store;
  instance: () => Promise<Instance>;
  stylesheetHref: string;
}

/** Who is asking, and the frame of the page they get. */
export function withShell({ store, instance, stylesheetHref }: ShellDeps): MiddlewareHandler<Env> {
  return async (c, next) => {
    const here = await instance();
    const token = sessionToken(c);
    const found = token === null ? null : await actorOfSession(store, token);
    const actor = found && (await asSeated(c, store, found));
    c.set('store', store);
    c.set('clock', store.clock);
    c.set('instance', here);
    c.set('actor', actor);
    const user = actor && { name: actor.name, permissions: permissionsOf(actor) };
    c.set('shell', shellOf(here, stylesheetHref, user));
    await next();
  };
}

interface PublicShellDeps extends PublicAppDeps {
  stylesheetHref: string;
}

/** The frame of a page where nobody signs in: everything in it comes from one edition. */
export function withPublicShell({
  source,
  clock,
  stylesheetHref,
}: PublicShellDeps): MiddlewareHandler<Env> {
  return async (c, next) => {
    const view = await source.current();
    const here = namedInstance(await view.door.instance(), clock);
    c.set('clock', clock);
    c.set('view', view);
    c.set('instance', here);
    c.set('actor', null);
    const publishedAt = instantText(view.madeAt ?? clock.now());
    c.set('shell', { ...shellOf(here, stylesheetHref, null), publishedAt });
    await next();
  };
}

/** The actor at this device and, for who inspects, under the inspection they have joined. */
async function asSeated(c: Ctx, store: Store, actor: Actor): Promise<Actor> {
  const device = c.req.header('user-agent')?.slice(0, 120);
  const inspectionId = may(actor, 'inspection:read') ? await inspectionOf(store, actor) : null;
  return { ...actor, ...(device && { device }), inspectionId };
}

function shellOf(instance: Instance, stylesheetHref: string, user: Shell['user']): Shell {
  return {
    isDemo: instance.kind === 'demo',
    provinceName: instance.provinceName,
    stylesheetHref,
    user,
  };
}
