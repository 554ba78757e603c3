import { createHash } from 'node:crypto';
import { Problem } from '../kernel/index.js';
import type { Tx } from '../store/index.js';
import { areaRegister } from './load-register.js';
import { placeTimeline } from './place-timeline.js';
import { addPlace } from './places.js';
import type { AreaRegister } from './register.js';
import type { UnitKey } from './unit.js';
import { keyOf } from './unit.js';

/**
 * The id of "commune X, village unknown": derived from the unit (UUID version 8, RFC 9562 §5.8), so
 * that two imports at the same time agree on it without a lock.
 */
export function unknownPlaceId(unit: UnitKey): string {
  const hex = createHash('sha256')
    .update(`unknown-village:${keyOf(unit)}`)
    .digest('hex');
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return [...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/**
 * The place for rows that name a commune and no village; made at the first call. It lies in the unit
 * from the unit's first day and follows the lineage; after a split it is uncertain in each successor.
 * For rows that name no commune it is the place of the province, which lies in no commune: whoever is
 * answerable for the province sees it, and nobody else.
 * @throws Problem `unit-unknown` for a unit that is not in the register, or is a district
 */
export async function unknownPlaceOf(
  tx: Tx,
  unit: UnitKey,
  register: AreaRegister = areaRegister(),
): Promise<string> {
  const found = register.unit(unit);
  if (!found || found.level === 'district') {
    throw new Problem('not-found', {
      code: 'unit-unknown',
      what: `Không có tỉnh, xã, phường, thị trấn ${keyOf(unit)} trong danh mục.`,
      todo: 'Tra mã và ngày hiệu lực bằng lệnh: thonban areas find TÊN.',
    });
  }
  const isCommune = found.level === 'commune';
  return addPlace(
    tx,
    {
      placeId: unknownPlaceId(unit),
      provinceCode: found.provinceCode,
      kind: 'unknown_village',
      name: `${isCommune ? 'Chưa rõ thôn' : 'Chưa rõ xã'} (${found.name})`,
      isSimulated: false,
      stays: isCommune ? placeTimeline(register, found, found.validFrom) : [],
    },
    register,
  );
}
