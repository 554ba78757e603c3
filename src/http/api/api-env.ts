import type { Context } from 'hono';
import type { Clock } from '../../kernel/index.js';
import type { PublicView } from '../../publication/index.js';
import type { SiteSettings } from '../site-settings.js';

export interface ApiEnv {
  Variables: {
    clock: Clock;
    /** What the whole request is answered from. */
    view: PublicView;
    settings: SiteSettings;
  };
}

export type ApiCtx = Context<ApiEnv>;
