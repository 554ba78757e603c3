import type { Actor } from './types.js';

/** The nil UUID: no account can have it, so an act of the installation is never taken for a person's. */
export const SYSTEM_ACTOR_ID = '00000000-0000-0000-0000-000000000000';

/** Acts of the installation itself (making an instance, counting public figures), with its scope. */
export const SYSTEM_ACTOR = (scopes: readonly string[]): Actor => ({
  id: SYSTEM_ACTOR_ID,
  name: 'Hệ thống',
  officeId: null,
  scopes,
  grants: 'installation',
});
