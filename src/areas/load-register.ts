import { readPack } from '../packs/index.js';
import { communesOfCountry, edgesOf, provinceUnits, unitsOfProvince } from './build-register.js';
import { communesPack, lineagePack, provincesPack, unitsPack } from './pack-schema.js';
import type { AreaRegister } from './register.js';
import { createRegister } from './register.js';

/** Provinces whose units and lineage are kept as packs, by code. */
export const PROVINCE_PACKS: Readonly<Record<string, string>> = { '20': 'provinces/lang-son' };

let cached: AreaRegister | null = null;
let cachedCountry: AreaRegister | null = null;

/** The register of the packs: all provinces, and districts and communes where there is a pack. */
export function areaRegister(): AreaRegister {
  cached ??= buildRegister();
  return cached;
}

function buildRegister(): AreaRegister {
  const folders = Object.values(PROVINCE_PACKS);
  const list = readPack('national/provinces.yaml', provincesPack).data;
  const packs = folders.map((folder) => readPack(`${folder}/units.yaml`, unitsPack).data);
  const units = [...provinceUnits(list, packs), ...packs.flatMap(unitsOfProvince)];
  const edges = folders.flatMap((folder) =>
    edgesOf(readPack(`${folder}/lineage.yaml`, lineagePack).data, units),
  );
  return createRegister(units, edges);
}

/** The same with the communes of every province, so that names of other provinces are known. */
export function countryRegister(): AreaRegister {
  if (!cachedCountry) {
    const own = areaRegister();
    const others = communesOfCountry(readPack('national/communes.yaml', communesPack).data);
    cachedCountry = createRegister([...own.units, ...others], own.edges);
  }
  return cachedCountry;
}
