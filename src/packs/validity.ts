import { addDays } from '../kernel/index.js';
import type { PlainDate } from '../kernel/index.js';
import { invalidPack } from './read-pack.js';
import type { Validity } from './schemas.js';

type Bound = number | string;
export type Period = Validity['periods'][number];

interface Versioned {
  id: string;
  path: string;
  validity: Validity;
}

/** The period of a pack that holds a point (an effect year or a date), or null. */
export function periodAt(validity: Validity, point: Bound): Period | null {
  return (
    validity.periods.find(({ from, to }) => from <= point && (to === null || point <= to)) ?? null
  );
}

/** The day or year after a bound. */
const next = (bound: Bound): Bound =>
  typeof bound === 'number' ? bound + 1 : addDays(bound as PlainDate, 1);

/**
 * All versions of one family together cover their time once: no day or year twice, none left out.
 * @throws Problem `pack-invalid`
 */
export function checkFamily(family: string, packs: readonly Versioned[]): void {
  const periods = packs
    .flatMap(({ id, path, validity }) => validity.periods.map((period) => ({ id, path, period })))
    .sort((a, b) => (a.period.from < b.period.from ? -1 : 1));
  periods.forEach(({ id, path, period }, index) => {
    if (period.to !== null && period.to < period.from) {
      throw invalidPack(path, `${id}: hiệu lực kết thúc trước khi bắt đầu (${period.from})`);
    }
    const following = periods[index + 1];
    if (!following) return;
    const wanted = period.to === null ? null : next(period.to);
    if (following.period.from === wanted) return;
    const overlap = wanted === null || following.period.from < wanted;
    const what = overlap ? 'chồng hiệu lực với' : `bỏ trống từ ${wanted} trước`;
    throw invalidPack(path, `họ ${family}: ${id} ${what} ${following.id}`);
  });
}

/** Bounds are of the axis' kind, and the boundary examples of a pack hold. */
export function checkValidity({ id, path, validity }: Versioned): void {
  const kind = validity.axis === 'effectYear' ? 'number' : 'string';
  const bounds = validity.periods.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
  for (const bound of [...bounds, ...validity.inside, ...validity.outside]) {
    if (typeof bound !== kind) throw invalidPack(path, `${id}: ${bound} không hợp với trục thời gian`);
  }
  for (const point of validity.inside) {
    if (!periodAt(validity, point)) throw invalidPack(path, `${id} phải có hiệu lực tại ${point}`);
  }
  for (const point of validity.outside) {
    if (periodAt(validity, point)) throw invalidPack(path, `${id} không được có hiệu lực tại ${point}`);
  }
}
