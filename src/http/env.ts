import type { Context } from 'hono';
import type { Session } from '../access/index.js';
import type { Actor, Store } from '../store/index.js';
import type { Shell } from '../web/index.js';
import type { SiteSettings } from './site-settings.js';

/** What `createApp` needs. */
export interface AppDeps {
  store: Store;
  /** Leaves out every address that is not for all. */
  only?: 'public';
  /** How the site stands in the network; by itself on its own machine unless told otherwise. */
  settings?: SiteSettings;
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
    settings: SiteSettings;
    instance: Instance;
    shell: Shell;
    /** Also while a code is still missing; whoever acts is `actor`. */
    session: Session | null;
    /** `null` = the public. */
    actor: Actor | null;
  };
}

export type Ctx = Context<Env>;
