import type { Store } from '../../store/index.js';
import type { BoundaryBridgeQuery } from '../boundary-bridge.js';
import type { BridgeQuery } from '../bridge.js';
import { readInstance } from '../instance.js';
import type { SeriesQuery } from '../series.js';
import type {
  BoundaryBridge,
  Bridge,
  Figure,
  FigureBreakdown,
  Form,
  FormQuery,
  Grouping,
  Series,
} from '../types.js';
import { publicBoundaryBridge } from './public-boundary-bridge.js';
import { publicBreakdown, publicFigure, publicSeries } from './public-figures.js';
import { publicBridge, publicForm } from './public-forms.js';
import type { PublicInstance, PublicQuery } from './questions.js';

/**
 * Everything the public can ask. Pages and the API ask nothing else, so that they cannot tell whether
 * the answers are counted now (`publicDoor`) or were published before (the publication room).
 */
export interface PublicDoor {
  instance(): Promise<PublicInstance>;
  figure(query: PublicQuery): Promise<Figure>;
  breakdown(query: PublicQuery & { by: Grouping }): Promise<FigureBreakdown>;
  form(query: FormQuery): Promise<Form>;
  series(query: SeriesQuery): Promise<Series>;
  bridge(query: BridgeQuery): Promise<Bridge>;
  boundaryBridge(query: BoundaryBridgeQuery): Promise<BoundaryBridge>;
}

/** The public door of a running instance: counted from its rows, at its present data version. */
export const publicDoor = (store: Store): PublicDoor => ({
  instance: async () => {
    const { kind, provinceCode, rounds } = await readInstance(store);
    return { kind, provinceCode, rounds };
  },
  figure: (query) => publicFigure(store, query),
  breakdown: (query) => publicBreakdown(store, query),
  form: (query) => publicForm(store, query),
  series: (query) => publicSeries(store, query),
  bridge: (query) => publicBridge(store, query),
  boundaryBridge: (query) => publicBoundaryBridge(store, query),
});
