import { installUnits, scopeOfProvince } from '../../src/areas/index.js';
import { newId } from '../../src/kernel/index.js';
import { SYSTEM_ACTOR, withActor } from '../../src/store/index.js';
import type { Actor } from '../../src/store/index.js';
import type { TestStore } from './database.js';

/** An officer with the whole province in scope, unless other scope keys are given. */
export const officer = (scopes: readonly string[] = [scopeOfProvince('20')]): Actor => ({
  id: newId(),
  name: 'Cán bộ thử nghiệm',
  officeId: null,
  scopes,
  grants: 'installation',
});

/** Makes an empty test database a real instance of Lạng Sơn. */
export async function makeReal(store: TestStore): Promise<void> {
  await withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    await installUnits(tx);
    await tx.query(
      `insert into instance (instance_id, kind, province_code, created_at)
       values ($1, 'real', '20', $2)`,
      [newId(), tx.now],
    );
  });
}
