export { createApp, createPublicApp } from './app.js';
export type { AppDeps, Env, Instance, PublicAppDeps } from './env.js';
export { liveSource } from './live-source.js';
export { declaredRoutes } from './registrar.js';
export type { DeclaredRoute } from './registrar.js';
export { publicSiteSettings, siteSettings } from './site-settings.js';
export type { SiteSettings } from './site-settings.js';
export { tryPublicPages } from './try-out.js';
