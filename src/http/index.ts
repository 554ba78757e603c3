export { createApp } from './app.js';
export type { AppDeps, Env, Instance } from './env.js';
