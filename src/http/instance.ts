import { areaRegister } from '../areas/index.js';
import type { Clock } from '../kernel/index.js';
import { today } from '../kernel/index.js';
import { instanceOf } from '../store/index.js';
import type { Store } from '../store/index.js';
import type { Instance } from './env.js';

/** What an instance is, with the name of its province as it stands in a sentence. */
export function namedInstance(
  { kind, provinceCode }: Pick<Instance, 'kind' | 'provinceCode'>,
  clock: Clock,
): Instance {
  const province = areaRegister().unitOn(provinceCode, today(clock));
  const name = province ? province.name.replace(/^Tỉnh /u, 'tỉnh ') : `tỉnh ${provinceCode}`;
  return { kind, provinceCode, provinceName: name };
}

/**
 * Asks once what the instance is, which never changes; a failure is asked again, since an instance may
 * be made while the server runs.
 */
export function instanceReader(store: Store): () => Promise<Instance> {
  let known: Promise<Instance> | null = null;
  return () => {
    known ??= instanceOf(store)
      .then((found) => namedInstance(found, store.clock))
      .catch((error: unknown) => {
        known = null;
        throw error;
      });
    return known;
  };
}
