import { Problem } from '../kernel/index.js';
import { SYSTEM_ACTOR } from './system-actor.js';
import type { Store, Tx } from './types.js';
import { withActor } from './with-actor.js';

/** What this installation is from its birth on. */
export interface InstanceRow {
  /** A demonstration holds synthetic households alone, a real one none. */
  kind: 'demo' | 'real';
  provinceCode: string;
}

/** The instance within a transaction; `null` before `init` or `demo` was run. */
export async function findInstance(tx: Tx): Promise<InstanceRow | null> {
  const { rows } = await tx.query<InstanceRow>(
    'select kind, province_code as "provinceCode" from instance',
  );
  return rows[0] ?? null;
}

/** The same where there must be one. @throws Problem `instance-missing` */
export async function requireInstance(tx: Tx): Promise<InstanceRow> {
  const found = await findInstance(tx);
  if (found) return found;
  throw new Problem('environment', {
    code: 'instance-missing',
    what: 'Hệ thống chưa được khởi tạo cho tỉnh nào.',
    todo: 'Chạy "thonban init --province 20" (thật) hoặc "thonban demo" (số liệu mô phỏng).',
  });
}

/** The instance in a transaction of its own. @throws Problem `instance-missing` */
export const instanceOf = (store: Store): Promise<InstanceRow> =>
  readShared(store, requireInstance);

/**
 * Reads what belongs to no household (the instance, rounds, decisions, commands): a read-only
 * transaction of the installation with an empty scope, which row security shows no household.
 */
export const readShared = <T>(store: Store, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withActor(store, SYSTEM_ACTOR([]), work, { readOnly: true });
