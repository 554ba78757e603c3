import type { AreaRegister, PlaceStay, RegisteredPopulation, Unit } from '../areas/index.js';
import { placeTimeline, sameUnit } from '../areas/index.js';
import type { PlainDate } from '../kernel/index.js';
import { allocate } from './allocate.js';
import { Random } from './random.js';

/** A stretch of time a village lies in one commune; `to` null = still. */
export interface Stay {
  unit: Unit;
  from: PlainDate;
  to: PlainDate | null;
}

export interface Village {
  index: number;
  /** "Thôn Mẫu 01", numbered within the first commune. */
  name: string;
  /** Index of the first commune: its book. */
  book: number;
  /** Without gap or overlap, oldest first. */
  stays: readonly Stay[];
  /** Share of the province's households, not normalised. */
  weight: number;
  /** Simulated remoteness, about standard normal; high is remote. */
  remoteness: number;
}

export interface VillagePlan {
  communes: readonly Unit[];
  villages: readonly Village[];
  /** Simulated remoteness of each first commune. */
  communeRemoteness: readonly number[];
}

export interface VillageInput {
  register: AreaRegister;
  /** Communes on the first day; the books of the demonstration. */
  communes: readonly Unit[];
  /** Registered population and area of each unit of the last set. */
  population: readonly RegisteredPopulation[];
  count: number;
  /** A day on which the last set of units is in force. */
  until: PlainDate;
  seed: number;
}

/** One way of a first commune through the changes of boundaries, with its share of the villages. */
interface Path {
  book: number;
  stays: Stay[];
  share: number;
}

/**
 * Lays out the simulated villages: each lies in exactly one commune at any date; a commune that was
 * split passes whole villages to each successor; old communes share the registered population of
 * their successor evenly, since no source gives their own.
 */
export function planVillages(input: VillageInput): VillagePlan {
  const { register, communes, count, seed } = input;
  const population = new Map(input.population.map((unit) => [unit.code, unit]));
  const random = new Random(seed, 1);
  const paths = communes.flatMap((unit, book) => pathsOf(register, unit, book, input.until));
  const people = sharedPopulation(paths, population);
  const counts = allocate(count, people, 1);
  const remoteness = communeRemoteness(communes, paths, population, random);
  const villages: Village[] = [];
  const numbered = communes.map(() => 0);
  paths.forEach((path, p) => {
    for (let i = 0; i < counts[p]!; i++) {
      const number = (numbered[path.book]! += 1);
      villages.push({
        index: villages.length,
        name: `Thôn Mẫu ${String(number).padStart(2, '0')}`,
        book: path.book,
        stays: path.stays,
        weight: (people[p]! / counts[p]!) * Math.exp(0.3 * random.normal()),
        remoteness: remoteness[path.book]! + 0.35 * random.normal(),
      });
    }
  });
  return { communes, villages, communeRemoteness: remoteness };
}

/** Every way a unit's territory went; the successors of a split share its villages evenly. */
function pathsOf(register: AreaRegister, unit: Unit, book: number, until: PlainDate): Path[] {
  const ends = register.successorsOf(unit, until);
  return ends.map((end) => {
    const leadsToEnd = (step: Unit) =>
      register.successorsOf(step, until).some((later) => sameUnit(later.unit, end.unit));
    const stays = placeTimeline(register, unit, unit.validFrom, (_split, successors) => {
      return successors.find(leadsToEnd) ?? null;
    });
    return { book, share: 1 / ends.length, stays: stays.map((stay) => asStay(register, stay)) };
  });
}

function asStay(register: AreaRegister, { unit: key, validFrom, validTo }: PlaceStay): Stay {
  const unit = register.unit(key);
  if (!unit) throw new RangeError(`no unit ${key.code} from ${key.validFrom}`);
  return { unit, from: validFrom, to: validTo };
}

/** Persons of each path: its share of the last unit's registered population. */
function sharedPopulation(
  paths: readonly Path[],
  population: ReadonlyMap<string, RegisteredPopulation>,
): number[] {
  const shares = new Map<string, number>();
  const last = (path: Path) => path.stays.at(-1)!.unit.code;
  for (const path of paths) shares.set(last(path), (shares.get(last(path)) ?? 0) + path.share);
  return paths.map((path) => {
    const persons = population.get(last(path))?.population;
    if (persons === undefined) throw new RangeError(`no population for unit ${last(path)}`);
    return (persons * path.share) / shares.get(last(path))!;
  });
}

/**
 * How remote a commune is: sparse settlement of the unit it belongs to now, rural or urban, and a
 * simulated part of its own. It drives the simulated poverty; it measures nothing.
 */
function communeRemoteness(
  communes: readonly Unit[],
  paths: readonly Path[],
  population: ReadonlyMap<string, RegisteredPopulation>,
  random: Random,
): number[] {
  const sparse = communes.map((unit, book) => {
    const last = paths.find((path) => path.book === book)!.stays.at(-1)!.unit.code;
    const { population: persons, areaKm2 } = population.get(last)!;
    const towns = unit.area === 'urban' ? 1.1 : 0;
    return -Math.log(persons / areaKm2) - towns + 0.45 * random.normal();
  });
  const mean = sparse.reduce((a, b) => a + b, 0) / sparse.length;
  const variance = sparse.reduce((a, b) => a + (b - mean) ** 2, 0) / sparse.length;
  // Towns are not without poor households: the dense end is drawn in.
  return sparse.map((x) => Math.max(-1.3, (x - mean) / Math.sqrt(variance)));
}

/** The commune a village lies in on `date`; throws outside the village's life. */
export function unitOfVillage(village: Village, date: PlainDate): Unit {
  const stay = village.stays.find((s) => s.from <= date && (s.to === null || date <= s.to));
  if (!stay) throw new RangeError(`${village.name} lies nowhere on ${date}`);
  return stay.unit;
}
