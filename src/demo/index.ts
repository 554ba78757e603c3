export { demoState, makeDemo } from './make-demo.js';
export { buildProvince } from './skeleton.js';
export type { DemoOptions, DemoResult, DemoState } from './make-demo.js';
