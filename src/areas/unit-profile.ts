import type { PlainDate } from '../kernel/index.js';
import { readPack } from '../packs/index.js';
import { PROVINCE_PACKS } from './load-register.js';
import { areaClassPack, populationPack, tileGridPack } from './pack-schema.js';
import type { UnitKey } from './unit.js';

export interface Tile extends UnitKey {
  column: number;
  /** Row 0 lies in the north. */
  row: number;
}

export interface RegisteredPopulation extends UnitKey {
  population: number;
  areaKm2: number;
}

export interface EspeciallyDifficult {
  validFrom: PlainDate;
  instrument: string;
  villagesTotal: number;
  villagesEspeciallyDifficult: number;
  /** Units in force on `validFrom` without such a village; every other one has at least one. */
  unitsWithout: ReadonlySet<string>;
}

function folderOf(provinceCode: string): string {
  const folder = PROVINCE_PACKS[provinceCode];
  if (!folder) throw new RangeError(`no pack for province ${provinceCode}`);
  return folder;
}

/** The default map: one tile for each unit in force from 2025-07-01. */
export function tileGrid(provinceCode: string): Tile[] {
  const { data } = readPack(`${folderOf(provinceCode)}/tile-grid.yaml`, tileGridPack);
  return Object.entries(data.tiles).map(([code, [column, row]]) => ({
    code,
    validFrom: data.valid_from,
    column,
    row,
  }));
}

/** Persons registered in 2025 and km², by unit in force from 2025-07-01. */
export function registeredPopulation(provinceCode: string): RegisteredPopulation[] {
  const file = `${folderOf(provinceCode)}/registered-population.yaml`;
  const { data } = readPack(file, populationPack);
  return Object.entries(data.communes).map(([code, row]) => ({
    code,
    validFrom: data.valid_from,
    population: row.population,
    areaKm2: row.area_km2,
  }));
}

/** What is known of especially difficult villages (thôn đặc biệt khó khăn), 2026–2030. */
export function especiallyDifficult(provinceCode: string): EspeciallyDifficult {
  const { data } = readPack(`${folderOf(provinceCode)}/area-classes.yaml`, areaClassPack);
  return {
    validFrom: data.valid_from,
    instrument: data.instrument,
    villagesTotal: data.villages_total,
    villagesEspeciallyDifficult: data.villages_especially_difficult,
    unitsWithout: new Set(data.units_without_especially_difficult_village),
  };
}
