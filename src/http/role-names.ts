import { findRole, permissionLabel } from '../access/index.js';
import type { Names } from '../audit/index.js';
import type { Permission } from '../store/index.js';

/** What the audit log calls a role and what it allows; one that the pack no longer has keeps its id. */
export const roleNames: Names = {
  role: (id) => findRole(id)?.label ?? id,
  permission: (id) => permissionLabel(id as Permission),
};
