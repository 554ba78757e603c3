import { sortKey } from '../kernel/index.js';
import type { Tx } from '../store/index.js';
import { areaRegister } from './load-register.js';
import type { AreaRegister } from './register.js';

const INSERT_UNITS = `
  insert into units (code, valid_from, valid_to, name, level, kind, area, parent_code,
    parent_valid_from, province_code, sort_key)
  select * from unnest($1::text[], $2::date[], $3::date[], $4::text[], $5::text[], $6::text[],
    $7::text[], $8::text[], $9::date[], $10::text[], $11::text[])
  on conflict (code, valid_from) do nothing`;

const INSERT_EDGES = `
  insert into unit_edges (from_code, from_valid_from, to_code, to_valid_from, effective, part,
    instrument)
  select * from unnest($1::text[], $2::date[], $3::text[], $4::date[], $5::date[], $6::text[],
    $7::text[])
  on conflict do nothing`;

/**
 * Copies the register of the packs into the reference tables; a second run adds only what is new.
 * @returns how many rows were added
 */
export async function installUnits(
  tx: Tx,
  register: AreaRegister = areaRegister(),
): Promise<{ units: number; edges: number }> {
  const { units, edges } = register;
  const added = await tx.query(INSERT_UNITS, [
    units.map((u) => u.code),
    units.map((u) => u.validFrom),
    units.map((u) => u.validTo),
    units.map((u) => u.name),
    units.map((u) => u.level),
    units.map((u) => u.kind),
    units.map((u) => u.area),
    units.map((u) => u.parent?.code ?? null),
    units.map((u) => u.parent?.validFrom ?? null),
    units.map((u) => u.provinceCode),
    units.map((u) => sortKey(u.shortName)),
  ]);
  const linked = await tx.query(INSERT_EDGES, [
    edges.map((e) => e.from.code),
    edges.map((e) => e.from.validFrom),
    edges.map((e) => e.to.code),
    edges.map((e) => e.to.validFrom),
    edges.map((e) => e.effective),
    edges.map((e) => e.part),
    edges.map((e) => e.instrument),
  ]);
  return { units: added.rowCount, edges: linked.rowCount };
}
