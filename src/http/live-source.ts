import { anchorBook } from '../audit/index.js';
import { publicDoor } from '../figures/index.js';
import type { PublicSource } from '../publication/index.js';
import type { Store } from '../store/index.js';
import { dataVersion } from '../store/index.js';

/**
 * The public answered from the rows of a running instance: what is committed shows at once. Why not
 * from the projections too: docs/decisions/0008-public-projections.md.
 */
export function liveSource(store: Store): PublicSource {
  const [door, anchors] = [publicDoor(store), anchorBook(store)];
  return {
    current: async () => ({ door, anchors, version: await dataVersion(store), madeAt: null }),
  };
}
