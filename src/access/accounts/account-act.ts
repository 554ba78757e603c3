import type { Actor } from '../../store/index.js';

/** Whoever runs accounts, the account meant, and why. */
export interface AccountAct {
  actor: Actor;
  commandId: string;
  username: string;
  reason: string;
}
