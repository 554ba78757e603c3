import type { Area, PlainDate } from '../kernel/index.js';
import { addDays, day } from '../kernel/index.js';
import { STATUS } from './assign-statuses.js';
import type { Statuses } from './assign-statuses.js';
import type { Assessment, Class, Traits } from './assessment.js';
import { assess, driftTraits, makeTraits } from './assessment.js';
import type { Founder } from './life.js';
import { compositionOf, end, leaveToFound, liveThrough, presentOf } from './life.js';
import type { Maker, Member, Person } from './members.js';
import { dateIn, makeFamily } from './members.js';
import type { Population } from './population.js';
import { ENTRY, EXIT, NONE } from './population.js';
import { Random } from './random.js';
import { SLOTS, householdNumber } from './synthetic-ids.js';

/** Everything the province's skeleton knows, to be filled in household by household. */
export interface Skeleton {
  seed: number;
  population: Population;
  statuses: Statuses;
  /** Ids of ethnic groups, by the index the population uses. */
  groupIds: readonly string[];
  /** Per round and village. */
  areas: readonly (readonly Area[])[];
  idOf: (n: number) => string;
}

/** One household in one round. */
export interface HouseholdYear {
  round: number;
  place: number;
  status: Class;
  area: Area;
  head: Person;
  members: number;
  hasNoLabourCapacity: boolean;
  assessment: Assessment;
  reviewedOn: PlainDate;
}

export type EventKind =
  'formed' | 'split_off' | 'moved_in' | 'moved_away' | 'died_out' | 'moved_within';

export interface HouseholdEvent {
  kind: EventKind;
  round: number;
  place: number;
  on: PlainDate;
  relatedHouseholdId: string | null;
}

export interface Household {
  index: number;
  id: string;
  /** Code in the field's own list: the first commune and a number. */
  fieldCode: string;
  years: HouseholdYear[];
  members: Member[];
  events: HouseholdEvent[];
  hasMeritPerson: boolean;
  lastPlace: number;
}

const CLASS: Record<number, Class> = {
  [STATUS.poor]: 'poor',
  [STATUS.near_poor]: 'near_poor',
  [STATUS.not_poor]: 'not_poor',
};
const NO_LABOUR = { poor: 0.06, near_poor: 0.02, not_poor: 0.003 };
const MERIT_SHARE = 0.03;

/**
 * Invents one household from its index: the same seed and index give the same household, whatever
 * was made before. The one exception is a household that split off, which needs its founder:
 * `founders` is filled when the parent (a lower index of the same book) is made.
 */
export function makeHousehold(
  skeleton: Skeleton,
  index: number,
  founders: Map<number, Founder>,
  fieldCode = '',
): Household {
  const { population: p } = skeleton;
  const maker = makerOf(skeleton, index);
  const household: Household = {
    index,
    id: skeleton.idOf(householdNumber(index, SLOTS.household)),
    fieldCode,
    years: [],
    members: [],
    events: [],
    hasMeritPerson: maker.random.chance(MERIT_SHARE),
    lastPlace: -1,
  };
  const labour = maker.random.next();
  const traits = makeTraits(maker.random);
  enter(skeleton, maker, household, founders);
  for (let r = p.entryRound[index]!; r < p.rounds.length; r++) {
    if (p.exitRound[index] === r) {
      leave(skeleton, maker, household, r);
      break;
    }
    if (r > p.entryRound[index]!) passYear(skeleton, maker, household, traits, r, founders);
    household.lastPlace = p.place[r]![index]!;
    household.years.push(yearOf(skeleton, maker, household, traits, r, labour));
  }
  return household;
}

function makerOf(skeleton: Skeleton, index: number): Maker {
  let persons = 0;
  return {
    random: new Random(skeleton.seed, 1000 + index),
    nextId: () => skeleton.idOf(householdNumber(index, SLOTS.persons + persons++)),
  };
}

/** The first members, and how the household came to be. */
function enter(
  { population: p, groupIds, idOf }: Skeleton,
  maker: Maker,
  household: Household,
  founders: Map<number, Founder>,
): void {
  const { index } = household;
  const entry = p.entryRound[index]!;
  const year = p.rounds[entry]!;
  const kind = p.entryKind[index]!;
  const parent = p.parent[index]!;
  const founder = kind === ENTRY.split_off ? founders.get(parent) : undefined;
  if (kind === ENTRY.split_off && !founder) throw new RangeError(`no founder for ${index}`);
  const split = p.splitRound[index]!;
  const on = founder ? founder.leftOn : dateIn(maker.random, year);
  const from = founder ? addDays(on, 1) : kind === ENTRY.initial ? day(`${year}-01-01`) : on;
  household.members = makeFamily(maker, {
    ethnicity: groupIds[p.ethnicity[index]!]!,
    headSex: p.isFemaleHeaded[index] ? 'female' : 'male',
    isAlone: p.isAlone[index] === 1,
    year,
    from,
    splitYear: split === NONE ? null : p.rounds[split]!,
    founder: founder?.person ?? null,
  });
  if (kind === ENTRY.initial) return;
  household.events.push({
    kind: founder ? 'split_off' : kind === ENTRY.formed ? 'formed' : 'moved_in',
    round: entry,
    place: p.place[entry]![index]!,
    on,
    relatedHouseholdId: founder ? idOf(householdNumber(parent, SLOTS.household)) : null,
  });
}

function passYear(
  { population: p }: Skeleton,
  maker: Maker,
  household: Household,
  traits: Traits,
  round: number,
  founders: Map<number, Founder>,
): void {
  const { index, members } = household;
  const year = p.rounds[round]!;
  driftTraits(maker.random, traits);
  const split = p.splitRound[index]!;
  if (split === round) founders.set(index, leaveToFound(maker, members, year));
  else liveThrough(maker, members, year, split !== NONE && split > round);
  if (p.moveRound[index] !== round) return;
  household.events.push({
    kind: 'moved_within',
    round,
    place: p.place[round]![index]!,
    on: dateIn(maker.random, year),
    relatedHouseholdId: null,
  });
}

function leave({ population: p }: Skeleton, maker: Maker, household: Household, r: number): void {
  const isDeath = p.exitKind[household.index] === EXIT.died_out;
  const on = dateIn(maker.random, p.rounds[r]!);
  for (const member of presentOf(household.members))
    end(member, on, isDeath ? 'died' : 'moved_away');
  household.events.push({
    kind: isDeath ? 'died_out' : 'moved_away',
    round: r,
    place: household.lastPlace,
    on,
    relatedHouseholdId: null,
  });
}

function yearOf(
  { population: p, statuses, areas }: Skeleton,
  maker: Maker,
  household: Household,
  traits: Traits,
  round: number,
  labour: number,
): HouseholdYear {
  const { index } = household;
  const place = p.place[round]![index]!;
  const area = areas[round]![place]!;
  const status = CLASS[statuses.status[round]![index]!]!;
  const present = presentOf(household.members);
  const head = present.find((member) => member.relation === 'head');
  if (!head) throw new RangeError(`household ${index} has no head in ${p.rounds[round]}`);
  const composition = compositionOf(present, p.rounds[round]!);
  const standing = {
    status,
    area,
    income: statuses.income[round]![index]!,
    deprivation: statuses.deprivation[round]![index]!,
  };
  const cannotWork = composition.workingAge === 0 && status !== 'not_poor';
  return {
    round,
    place,
    status,
    area,
    head: head.person,
    members: present.length,
    hasNoLabourCapacity: cannotWork || labour < NO_LABOUR[status],
    assessment: assess(maker.random, standing, composition, traits),
    reviewedOn: reviewDate(maker.random, p.rounds[round]!),
  };
}

/** A day of the campaign, 1 September to 30 November. */
const reviewDate = (random: Random, year: number): PlainDate =>
  campaignDays(year)[random.int(CAMPAIGN_DAYS)]!;

const CAMPAIGN_DAYS = 91;
const campaigns = new Map<number, readonly PlainDate[]>();

/** Asked a million times for a handful of years. */
function campaignDays(year: number): readonly PlainDate[] {
  let days = campaigns.get(year);
  if (!days) {
    const first = day(`${year}-09-01`);
    days = Array.from({ length: CAMPAIGN_DAYS }, (_, at) => addDays(first, at));
    campaigns.set(year, days);
  }
  return days;
}
