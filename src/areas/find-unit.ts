import type { PlainDate } from '../kernel/index.js';
import { isWithin } from '../kernel/index.js';
import { fitOf, isNearSpelling } from './spelling.js';
import type { Unit, UnitLevel } from './unit.js';
import { keyOf } from './unit.js';
import type { ParsedName } from './unit-name.js';
import { parseUnitName, spellingKey } from './unit-name.js';

export interface FindOptions {
  /** Only units in force on this day; without it every version is looked at. */
  on?: PlainDate;
  /** Code of a district or province the unit must lie in. */
  parent?: string;
  level?: UnitLevel;
}

/** One match, or candidates to choose from, or near spellings. Nothing is ever guessed. */
export interface FindResult {
  /** The only unit that fits, or `null`. */
  match: Unit | null;
  /** Every unit that fits; several = a homonym, and the person must choose. */
  candidates: readonly Unit[];
  /** Units that nearly fit: a slip of the pen, another kind, a name no longer or not yet in force. */
  suggestions: readonly Unit[];
}

/** What the finder needs of the register. */
export interface UnitSource {
  units: readonly Unit[];
  unit(key: { code: string; validFrom: PlainDate }): Unit | null;
}

interface Entry {
  unit: Unit;
  keys: readonly string[];
  ancestors: readonly Unit[];
}

/** No name with everything above it is this long; comparing a long text with each unit is slow. */
const LONGEST = 200;
const NOTHING: FindResult = { match: null, candidates: [], suggestions: [] };

/** Builds the search once; `find` then looks through the whole list (thousands of names). */
export function createFinder(source: UnitSource): (q: string, o?: FindOptions) => FindResult {
  const entries = source.units.map((unit): Entry => ({
    unit,
    keys: [unit.shortName, ...unit.aliases].map(spellingKey),
    ancestors: ancestorsOf(unit, source),
  }));
  return (query, options = {}) =>
    query.length > LONGEST ? NOTHING : find(entries, parseUnitName(query), options);
}

function ancestorsOf(unit: Unit, source: UnitSource): Unit[] {
  const found: Unit[] = [];
  for (let key = unit.parent; key;) {
    const parent = source.unit(key);
    if (!parent) break;
    found.push(parent);
    key = parent.parent;
  }
  return found;
}

function find(entries: readonly Entry[], name: ParsedName, options: FindOptions): FindResult {
  const allowed = entries.filter(
    ({ unit, ancestors }) =>
      (!options.level || unit.level === options.level) &&
      (!options.parent || ancestors.some((above) => above.code === options.parent)),
  );
  const scoped = allowed.filter(({ ancestors }) =>
    name.within.every((part) => ancestors.some((above) => fits(part, above) !== 'none')),
  );
  const { on } = options;
  const living = (entry: Entry) =>
    on === undefined || isWithin(on, entry.unit.validFrom, entry.unit.validTo);
  const candidates = best(scoped.filter(living), name);
  if (candidates.length > 0) {
    return { match: candidates.length === 1 ? candidates[0]! : null, candidates, suggestions: [] };
  }
  const near = suggest(scoped, name, living);
  const suggestions = near.length > 0 ? near : best(allowed.filter(living), name);
  return { match: null, candidates: [], suggestions };
}

/** Exact spellings if there are any, else those that differ only by marks left out. */
function best(entries: readonly Entry[], name: ParsedName): Unit[] {
  if (name.code !== null) {
    return entries
      .filter(({ unit, keys }) => unit.code === name.code && codeAgrees(unit, keys, name))
      .map((entry) => entry.unit);
  }
  const fitting = entries.map((entry) => ({ entry, fit: fits(name, entry.unit, entry.keys) }));
  const exact = fitting.filter(({ fit }) => fit === 'exact');
  const chosen = exact.length > 0 ? exact : fitting.filter(({ fit }) => fit !== 'none');
  return chosen.map(({ entry }) => entry.unit);
}

/** A code with a name beside it counts only if the name is the unit's. */
const codeAgrees = (unit: Unit, keys: readonly string[], name: ParsedName): boolean =>
  name.readings.length === 0 || fits(name, unit, keys) !== 'none';

function fits(
  name: Pick<ParsedName, 'readings'>,
  unit: Unit,
  keys: readonly string[] = [unit.shortName, ...unit.aliases].map(spellingKey),
): 'exact' | 'without-marks' | 'none' {
  let result: 'without-marks' | 'none' = 'none';
  for (const reading of name.readings) {
    if (reading.kind !== null && reading.kind !== unit.kind) continue;
    for (const key of keys) {
      const fit = fitOf(reading.name, key);
      if (fit === 'exact') return fit;
      if (fit !== 'none') result = fit;
    }
  }
  return result;
}

function suggest(
  entries: readonly Entry[],
  name: ParsedName,
  living: (entry: Entry) => boolean,
): Unit[] {
  const anyKind = { readings: name.readings.map(({ name: text }) => ({ kind: null, name: text })) };
  const found = new Map<string, Unit>();
  const add = ({ unit }: Entry) => found.set(keyOf(unit), unit);
  entries.filter((e) => fits(anyKind, e.unit, e.keys) !== 'none').forEach(add);
  entries.filter((e) => name.code !== null && e.unit.code === name.code).forEach(add);
  if (found.size === 0) {
    const near = (e: Entry) =>
      name.readings.some((r) => e.keys.some((key) => isNearSpelling(r.name, key)));
    entries.filter((e) => living(e) && near(e)).forEach(add);
  }
  return [...found.values()];
}
