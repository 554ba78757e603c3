import { scopeOfProvince } from '../areas/index.js';
import { audit, instanceOf, withActor } from '../store/index.js';
import type { Actor, AuditEntry, Store } from '../store/index.js';
import { operator } from './operator.js';

/** Whoever holds the machine acts as the installation, over the whole province. */
export async function provinceActor(store: Store): Promise<{ actor: Actor; province: string }> {
  const { provinceCode } = await instanceOf(store);
  return { actor: operator([scopeOfProvince(provinceCode)]), province: provinceCode };
}

export const installation = async (store: Store): Promise<Actor> =>
  (await provinceActor(store)).actor;

/** What leaves through the command line may show cells that are not published: it is written down. */
export async function auditExport(
  store: Store,
  entry: Pick<AuditEntry, 'action' | 'subjectKind' | 'subjectId' | 'payload'>,
): Promise<void> {
  await withActor(store, await installation(store), (tx) => audit(tx, entry));
}
