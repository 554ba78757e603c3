export { createApp } from './app.js';
export { siteSettings } from './site-settings.js';
export type { SiteSettings } from './site-settings.js';
export type { AppDeps, Env, Instance } from './env.js';
