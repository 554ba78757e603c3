import { areaRegister } from '../areas/index.js';
import { Problem, today } from '../kernel/index.js';
import type { Store } from '../store/index.js';
import type { Instance } from './env.js';

/** Reads what this instance is. It never changes, so that a server asks once. */
export async function readInstance(store: Store): Promise<Instance> {
  const { rows } = await store.app.query<{ kind: 'demo' | 'real'; province_code: string }>(
    'select kind, province_code from instance',
  );
  const row = rows[0];
  if (!row) {
    throw new Problem('environment', {
      code: 'no-instance',
      what: 'Hệ thống chưa được khởi tạo.',
      todo: 'Chạy “thonban init --province 20” hoặc “thonban demo”.',
    });
  }
  const province = areaRegister().unitOn(row.province_code, today(store.clock));
  const name = province ? province.name.replace(/^Tỉnh /u, 'tỉnh ') : `tỉnh ${row.province_code}`;
  return { kind: row.kind, provinceCode: row.province_code, provinceName: name };
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
