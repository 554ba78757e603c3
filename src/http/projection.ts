import { scopeOfProvince } from '../areas/index.js';
import { boundaryBridge, breakdown, bridge, figure, form, series } from '../figures/index.js';
import type { PublicDoor } from '../figures/index.js';
import { scopesFor } from '../store/index.js';
import type { Store } from '../store/index.js';
import type { Ctx } from './env.js';

/**
 * Which figures a person gets: an officer of the whole province every cell, everybody else (the public,
 * and officers of one commune, who would see small cells of others) the publishable ones.
 */
export function figuresFor(c: Ctx): PublicDoor {
  const { door } = c.get('view');
  const province = scopeOfProvince(c.get('instance').provinceCode);
  const actor = c.get('actor');
  return actor && scopesFor(actor, 'figure:read').includes(province)
    ? { ...door, ...everyCell(c.get('store')) }
    : door;
}

const everyCell = (store: Store): Omit<PublicDoor, 'instance'> => ({
  figure: (query) => figure(store, query),
  breakdown: (query) => breakdown(store, query),
  form: (query) => form(store, query),
  series: (query) => series(store, query),
  bridge: (query) => bridge(store, query),
  boundaryBridge: (query) => boundaryBridge(store, query),
});
