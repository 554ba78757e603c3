import { loadPacks } from './load-packs.js';

let names: ReadonlyMap<string, string> | null = null;

/** Names of ethnic groups by their id: `tay` → "Tày". */
export function ethnicNames(): ReadonlyMap<string, string> {
  names ??= new Map(loadPacks().ethnicGroups.all.map((group) => [group.id, group.name]));
  return names;
}
