export { invalidPack, packsRoot, readPack } from './read-pack.js';
export type { Pack } from './read-pack.js';
