import type { Store } from '../store/index.js';
import { dataVersion } from '../store/index.js';

const MAX_ENTRIES = 400;

interface StoreCache {
  version: string;
  entries: Map<string, Promise<unknown>>;
}

const caches = new WeakMap<Store, StoreCache>();

/**
 * The value computed for `key` at the present data version, computed once however many ask at the
 * same time. A committed command changes the version and empties the cache; a failure is not kept.
 */
export async function cached<T>(store: Store, key: string, compute: () => Promise<T>): Promise<T> {
  const version = await dataVersion(store);
  const cache = cacheOf(store, version);
  const known = cache.entries.get(key) as Promise<T> | undefined;
  if (known) {
    // The one used last stands last: what everything is counted from outlives single pages.
    cache.entries.delete(key);
    cache.entries.set(key, known);
    return known;
  }
  const computed = compute();
  cache.entries.set(key, computed);
  computed.catch(() => cache.entries.delete(key));
  if (cache.entries.size > MAX_ENTRIES) {
    const oldest = cache.entries.keys().next().value;
    if (oldest !== undefined) cache.entries.delete(oldest);
  }
  return computed;
}

function cacheOf(store: Store, version: string): StoreCache {
  const known = caches.get(store);
  if (known?.version === version) return known;
  const fresh: StoreCache = { version, entries: new Map() };
  caches.set(store, fresh);
  return fresh;
}
