import type { Context } from 'hono';
import type { Session } from '../access/index.js';
import type { Clock } from '../kernel/index.js';
import type { PublicSource, PublicView } from '../publication/index.js';
import type { Actor, Store } from '../store/index.js';
import type { Shell } from '../web/index.js';
import type { SiteSettings } from './site-settings.js';

/** What `createApp` needs: a running instance. */
export interface AppDeps {
  store: Store;
  /** How the site stands in the network; by itself on its own machine unless told otherwise. */
  settings?: SiteSettings;
  /** For /healthz: how long ago everything in the audit log was signed. */
  signedSecondsAgo?: () => number;
}

/** What `createPublicApp` needs: published projections, and no database of households. */
export interface PublicAppDeps {
  source: PublicSource;
  clock: Clock;
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
    /** Absent on a site that serves projections alone: what needs it has no address there. */
    store: Store;
    clock: Clock;
    /** What a public page is answered from; one and the same for the whole request. */
    view: PublicView;
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
