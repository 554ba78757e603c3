import type { MiddlewareHandler } from 'hono';
import { sessionOf } from '../access/index.js';
import { inspectionOf } from '../audit/index.js';
import { sessionCookie } from './cookies.js';
import type { Ctx, Env, Instance, PublicAppDeps } from './env.js';
import { namedInstance } from './instance.js';
import { instantText } from './instant.js';
import { mayImport } from '../review/index.js';
import { may, permissionsOf } from '../store/index.js';
import type { Actor, Store } from '../store/index.js';
import type { Shell } from '../web/index.js';

interface ShellDeps {
  store: Store;
  instance: () => Promise<Instance>;
  stylesheetHref: string;
}

/** Who is asking, and the frame of the page they get. */
export function withShell({ store, instance, stylesheetHref }: ShellDeps): MiddlewareHandler<Env> {
  return async (c, next) => {
    const here = await instance();
    const token = sessionCookie.read(c);
    const found = token === null ? null : await sessionOf(store, token);
    const session = found && { ...found, actor: await asSeated(c, store, found.actor) };
    // Until the code was given, whoever holds the token is the public.
    const actor = session?.stage === 'full' ? session.actor : null;
    c.set('store', store);
    c.set('clock', store.clock);
    c.set('session', session);
    c.set('instance', here);
    c.set('actor', actor);
    const user = actor && {
      ...{ name: actor.name, permissions: permissionsOf(actor) },
      canImport: mayImport(actor),
    };
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
