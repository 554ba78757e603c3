import type { PlainDate } from '../kernel/index.js';
import { compareVietnamese, isWithin } from '../kernel/index.js';
import type { FindOptions, FindResult } from './find-unit.js';
import { createFinder } from './find-unit.js';
import type { EdgePart, Unit, UnitEdge, UnitKey } from './unit.js';
import { keyOf } from './unit.js';

/** A unit with what it came from and what became of it. */
export interface UnitHistory {
  unit: Unit;
  predecessors: readonly UnitEdge[];
  successors: readonly UnitEdge[];
}

/** Where (a part of) a unit lies later. `full` only if every step on the way was. */
export interface Successor {
  unit: Unit;
  part: EdgePart;
}

export interface AreaRegister {
  units: readonly Unit[];
  edges: readonly UnitEdge[];
  unit(key: UnitKey): Unit | null;
  unitOn(code: string, date: PlainDate): Unit | null;
  historyOf(key: UnitKey): UnitHistory | null;
  /** Every unit that ever had the code, oldest first; empty for a code never used. */
  lineage(code: string): UnitHistory[];
  /** Units in force on `date` that hold the territory of `key`, which must not be younger. */
  successorsOf(key: UnitKey, date: PlainDate): Successor[];
  /** Units directly below, in force on `date`, in Vietnamese order. */
  children(parentCode: string, date: PlainDate): Unit[];
  /** Communes of a province on a date, through its districts while there were any. */
  communesOf(provinceCode: string, date: PlainDate): Unit[];
  find(query: string, options?: FindOptions): FindResult;
}

const inForce = (unit: Unit, date: PlainDate): boolean =>
  isWithin(date, unit.validFrom, unit.validTo);

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Pure: the same units and edges give the same answers. Throws on an edge without its units. */
export function createRegister(units: readonly Unit[], edges: readonly UnitEdge[]): AreaRegister {
  const byKey = new Map(units.map((unit) => [keyOf(unit), unit]));
  if (byKey.size !== units.length) throw new RangeError('two units share one (code, valid_from)');
  for (const edge of edges) {
    if (!byKey.has(keyOf(edge.from)) || !byKey.has(keyOf(edge.to))) {
      throw new RangeError(`edge without its unit: ${keyOf(edge.from)} → ${keyOf(edge.to)}`);
    }
  }
  const byCode = groupBy(units, (unit) => unit.code);
  for (const group of byCode.values()) group.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  const from = groupBy(edges, (edge) => keyOf(edge.from));
  const to = groupBy(edges, (edge) => keyOf(edge.to));
  const sorted = [...units].sort((a, b) => compareVietnamese(a.shortName, b.shortName));

  const unit = (key: UnitKey) => byKey.get(keyOf(key)) ?? null;
  const unitOn = (code: string, date: PlainDate) =>
    byCode.get(code)?.find((version) => inForce(version, date)) ?? null;
  const history = (version: Unit): UnitHistory => ({
    unit: version,
    predecessors: to.get(keyOf(version)) ?? [],
    successors: from.get(keyOf(version)) ?? [],
  });

  const register: Omit<AreaRegister, 'find'> = {
    units,
    edges,
    unit,
    unitOn,
    historyOf: (key) => {
      const version = unit(key);
      return version && history(version);
    },
    lineage: (code) => (byCode.get(code) ?? []).map(history),
    successorsOf: (key, date) => successors(unit(key), date, (k) => from.get(k) ?? [], unit),
    children: (parentCode, date) =>
      sorted.filter((child) => child.parent?.code === parentCode && inForce(child, date)),
    communesOf: (provinceCode, date) =>
      sorted.filter(
        (child) =>
          child.level === 'commune' && child.provinceCode === provinceCode && inForce(child, date),
      ),
  };
  return { ...register, find: createFinder(register) };
}

function successors(
  start: Unit | null,
  date: PlainDate,
  edgesFrom: (key: string) => readonly UnitEdge[],
  unit: (key: UnitKey) => Unit | null,
): Successor[] {
  const found = new Map<string, Successor>();
  const visit = (version: Unit | null, part: EdgePart): void => {
    if (!version || date < version.validFrom) return;
    if (inForce(version, date)) {
      const known = found.get(keyOf(version));
      if (!known || part === 'full') found.set(keyOf(version), { unit: version, part });
      return;
    }
    for (const edge of edgesFrom(keyOf(version))) {
      if (edge.effective > date) continue;
      visit(unit(edge.to), part === 'full' ? edge.part : 'partial');
    }
  };
  visit(start, 'full');
  const all = [...found.values()];
  // Parts that meet again in one unit leave nothing outside it.
  return all.length === 1 ? all.map((only): Successor => ({ ...only, part: 'full' })) : all;
}
