import type { Context } from 'hono';
import type { Clock } from '../kernel/index.js';
import type { PublicSource, PublicView } from '../publication/index.js';
import type { Actor, Store } from '../store/index.js';
import type { Shell } from '../web/index.js';

/** What `createApp` needs: a running instance. */
export interface AppDeps {
  store: Store;
}

/** What `createPublicApp` needs: published projections, and no database of households. */
export interface PublicAppDeps {
  source: PublicSource;
  clock: Clock;
}

/** The row of `instance`, written at birth. */
export interface Instance {
  kind: 'demo' | 'real';
  provinceCode: string;
  /** "tỉnh Lạng Sơn". */
  provinceName: string;
}

export interface Env {
  Variables: {
    /** Absent on a site that serves projections alone: what needs it has no address there. */
    store: Store;
    clock: Clock;
    /** What a public page is answered from; one and the same for the whole request. */
    view: PublicView;
    instance: Instance;
    shell: Shell;
    /** `null` = the public. */
    actor: Actor | null;
  };
}

export type Ctx = Context<Env>;
