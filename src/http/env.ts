import type { Context } from 'hono';
import type { Actor, Store } from '../store/index.js';
import type { Shell } from '../web/index.js';

/** What `createApp` needs. */
export interface AppDeps {
  store: Store;
  /** Leaves out every address that is not for all. */
  only?: 'public';
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
    store: Store;
    instance: Instance;
    shell: Shell;
    /** `null` = the public. */
    actor: Actor | null;
  };
}

export type Ctx = Context<Env>;
