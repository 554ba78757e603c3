import { scopeOfProvince } from '../areas/index.js';
import {
  boundaryBridge,
  breakdown,
  bridge,
  figure,
  form,
  publicBoundaryBridge,
  publicBreakdown,
  publicBridge,
  publicFigure,
  publicForm,
  publicSeries,
  series,
} from '../figures/index.js';
import { scopesFor } from '../store/index.js';
import type { Ctx } from './env.js';

/**
 * Which figures a person gets: an officer of the whole province every cell, everybody else (the public,
 * and officers of one commune, who would see small cells of others) the publishable ones.
 */
export function figuresFor(c: Ctx) {
  const province = scopeOfProvince(c.get('instance').provinceCode);
  const actor = c.get('actor');
  return actor && scopesFor(actor, 'figure:read').includes(province)
    ? { figure, form, series, bridge, breakdown, boundaryBridge }
    : {
        figure: publicFigure,
        form: publicForm,
        series: publicSeries,
        bridge: publicBridge,
        breakdown: publicBreakdown,
        boundaryBridge: publicBoundaryBridge,
      };
}
