export { apiApp } from './api-app.js';
export type { ApiDeps } from './api-app.js';
