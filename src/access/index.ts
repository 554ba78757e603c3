import type { Store } from '../store/index.js';
export const createDemoAccounts = (_store: Store): Promise<void> => Promise.resolve();
