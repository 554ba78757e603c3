import type { Handler, Hono, MiddlewareHandler } from 'hono';
import type { Env as AnyEnv } from 'hono';
import type { Actor, Permission } from '../store/index.js';
import { may, notPermitted } from '../store/index.js';
import { notFound } from './query.js';

/**
 * Who may use an address: everybody and all alike (`public`: published projections are enough for it),
 * everybody, who is asked who they are there (`anybody`: signing in, a household with its code), whoever
 * has signed in, about themselves (`signed-in`), or holders of a permission. Which records they see
 * there is row security's to decide.
 */
export type Policy = 'public' | 'anybody' | 'signed-in' | Permission;

export interface DeclaredRoute {
  method: 'GET' | 'POST';
  /** As the router knows it, with the address of the app it is mounted in: `/ho/:id`. */
  path: string;
  policy: Policy;
}

type Add<E extends AnyEnv> = <P extends string>(
  policy: Policy,
  path: P,
  ...handlers: Handler<E, P>[]
) => void;

export interface Registrar<E extends AnyEnv> {
  get: Add<E>;
  post: Add<E>;
}

const declared = new WeakMap<object, DeclaredRoute[]>();

/** Every address of an app and of what was mounted in it. */
export const declaredRoutes = <E extends AnyEnv>(app: Hono<E>): readonly DeclaredRoute[] =>
  declared.get(app) ?? [];

/**
 * The only way to give an app an address: each is declared with its policy, and the policy stands
 * before the handler. With `only` the addresses of other policies are left out.
 */
export function registrar<E extends AnyEnv>(app: Hono<E>, only?: 'public'): Registrar<E> {
  const routes = declared.get(app) ?? [];
  declared.set(app, routes);
  const add =
    (method: 'GET' | 'POST'): Add<E> =>
    (policy, path, ...handlers) => {
      if (only !== undefined && policy !== only) return;
      routes.push({ method, path, policy });
      app.on(method, path, guard(policy), ...(handlers as Handler<E>[]));
    };
  return { get: add('GET'), post: add('POST') };
}

/** Mounts another app with all that it declares. */
export function mount<E extends AnyEnv, P extends AnyEnv>(
  app: Hono<E>,
  prefix: string,
  part: Hono<P>,
): void {
  const routes = declaredRoutes(part).map((one) => ({
    ...one,
    path: `${prefix}${one.path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
  }));
  declared.set(app, [...declaredRoutes(app), ...routes]);
  app.route(prefix, part);
}

/**
 * To whoever has not signed in, the address of a record does not exist, theirs or not; that of a list
 * leads to signing in. What a role does not have does not exist for it; a role that only reads is told so.
 */
function guard(policy: Policy): MiddlewareHandler {
  return async (c, next) => {
    if (policy === 'public' || policy === 'anybody') return next();
    const actor = c.get('actor') as Actor | null | undefined;
    // HEAD is answered by the handler of GET, and must tell what GET tells.
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (!actor) {
      if (!isRead || Object.keys(c.req.param()).length > 0) throw notFound();
      const next = encodeURIComponent(c.req.path);
      return c.redirect(`/dang-nhap?next=${next}`, 303);
    }
    if (policy === 'signed-in' || may(actor, policy)) return next();
    throw isRead ? notFound() : notPermitted(actor);
  };
}
