import type { PlainDate } from '../kernel/index.js';
import { addDays } from '../kernel/index.js';
import type { Maker, Member, Person } from './members.js';
import { childOf, dateIn } from './members.js';

/** Yearly chances, chosen for a plausible size of households. */
const BIRTH = 0.045;
const DEATH_OF_OLD = 0.018;

/**
 * One year of a household's members, in place: a birth, a death, a new head when the head died. A
 * household is never left without a head, and while a child is yet to leave and found a household
 * (`willSplit`), no child is needed as the new head.
 */
export function liveThrough(
  maker: Maker,
  members: Member[],
  year: number,
  willSplit = false,
): void {
  const here = presentOf(members);
  const mother = here.find(({ person }) => {
    const age = year - person.birthYear;
    return person.sex === 'female' && age >= 20 && age <= 38;
  });
  if (mother && maker.random.chance(BIRTH)) {
    members.push(bornTo(maker, here, mother, year));
  }
  const old = here.find(({ person }) => year - person.birthYear > 68);
  if (old && here.length > 1 && maker.random.chance(DEATH_OF_OLD)) {
    die(maker, members, old, year, willSplit);
  }
}

/** Those who are members now. */
export const presentOf = (members: readonly Member[]): Member[] =>
  members.filter((member) => member.to === null);

function bornTo(maker: Maker, here: readonly Member[], mother: Member, year: number): Member {
  const father = here.find((m) => m !== mother && m.person.sex === 'male') ?? mother;
  const isOfHead = mother.relation === 'head' || mother.relation === 'spouse';
  const child = childOf(maker, father.person, mother.person.ethnicity, year);
  const born = child.birthDate ?? dateIn(maker.random, year);
  return {
    person: { ...child, birthDate: born },
    relation: isOfHead ? 'child' : 'grandchild',
    from: born,
    to: null,
    endReason: null,
  };
}

function die(
  maker: Maker,
  members: Member[],
  dead: Member,
  year: number,
  willSplit: boolean,
): void {
  const heir = dead.relation === 'head' ? heirOf(members, dead, year) : null;
  if (dead.relation === 'head' && !heir) return;
  if (willSplit && heir?.relation === 'child') return;
  const date = dateIn(maker.random, year);
  end(dead, date, 'died');
  if (!heir) return;
  // The new relation begins on the day the old one ended; the person stays the same.
  const { person } = heir;
  end(heir, date, 'other');
  members.push({ person, relation: 'head', from: addDays(date, 1), to: null, endReason: null });
}

/** The spouse, else the eldest member of age. */
function heirOf(members: readonly Member[], dead: Member, year: number): Member | null {
  const others = presentOf(members).filter(
    (m) => m !== dead && year - m.person.birthYear >= 18 && m.from < `${year}-01-01`,
  );
  const byAge = [...others].sort((a, b) => a.person.birthYear - b.person.birthYear);
  return others.find((m) => m.relation === 'spouse') ?? byAge[0] ?? null;
}

export function end(
  member: Member,
  date: PlainDate,
  reason: NonNullable<Member['endReason']>,
): void {
  member.to = date;
  member.endReason = reason;
}

export interface Founder {
  person: Person;
  /** The last day in the old household. */
  leftOn: PlainDate;
}

/** The eldest child of age leaves to found a household; throws when there is none. */
export function leaveToFound(maker: Maker, members: Member[], year: number): Founder {
  const children = presentOf(members).filter(
    (m) => m.relation === 'child' && year - m.person.birthYear >= 18,
  );
  children.sort((a, b) => a.person.birthYear - b.person.birthYear);
  const child = children[0];
  if (!child) throw new RangeError('no grown child to leave');
  const leftOn = dateIn(maker.random, year);
  end(child, leftOn, 'split');
  return { person: child.person, leftOn };
}

/** What the assessment asks of the members, at the end of `year`. */
export interface Composition {
  members: number;
  under16: number;
  schoolAge: number;
  aged16to30: number;
  workingAge: number;
  aged60up: number;
}

export function compositionOf(present: readonly Member[], year: number): Composition {
  const composition: Composition = {
    members: present.length,
    under16: 0,
    schoolAge: 0,
    aged16to30: 0,
    workingAge: 0,
    aged60up: 0,
  };
  for (const { person } of present) {
    const age = year - person.birthYear;
    if (age < 16) composition.under16++;
    if (age >= 3 && age < 16) composition.schoolAge++;
    if (age >= 16 && age <= 30) composition.aged16to30++;
    if (age >= 16 && age < 60) composition.workingAge++;
    if (age >= 60) composition.aged60up++;
  }
  return composition;
}
