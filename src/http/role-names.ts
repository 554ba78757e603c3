import { findRole } from '../access/index.js';
import type { Names } from '../audit/index.js';

/** What the audit log calls a role; one that the pack no longer has keeps its id. */
export const roleNames: Names = { role: (id) => findRole(id)?.label ?? id };
