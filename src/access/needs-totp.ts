import { findRole } from './roles.js';

/**
 * Do these roles approve, or open other accounts, so that a password alone is not enough
 * (`requiresTotp` in the pack)? The roles are those of today: one that is given in the middle of a
 * session raises the question at the next page.
 */
export const needsTotp = (roles: readonly string[]): boolean =>
  roles.some((role) => findRole(role)?.requiresTotp === true);
