import { areaRegister } from '../areas/index.js';
import { today } from '../kernel/index.js';
import { instanceOf } from '../store/index.js';
import type { Store } from '../store/index.js';
import type { Instance } from './env.js';

/** Reads what this instance is. It never changes, so that a server asks once. */
export async function readInstance(store: Store): Promise<Instance> {
  const { kind, provinceCode } = await instanceOf(store);
  const province = areaRegister().unitOn(provinceCode, today(store.clock));
  const name = province ? province.name.replace(/^Tỉnh /u, 'tỉnh ') : `tỉnh ${provinceCode}`;
  return { kind, provinceCode, provinceName: name };
}

/** Asks once; a failure is asked again, since an instance may be made while the server runs. */
export function instanceReader(store: Store): () => Promise<Instance> {
  let known: Promise<Instance> | null = null;
  return () => {
    known ??= readInstance(store).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}
