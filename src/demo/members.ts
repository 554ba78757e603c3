import type { PlainDate } from '../kernel/index.js';
import { plainDate } from '../kernel/index.js';
import type { PersonName, Sex } from './names.js';
import { makeName } from './names.js';
import type { Random } from './random.js';

/** Relation to the head, as `memberships.relation` stores it. */
export type Relation = 'head' | 'spouse' | 'child' | 'child_in_law' | 'parent' | 'grandchild';

export interface Person extends PersonName {
  id: string;
  sex: Sex;
  birthYear: number;
  /** `null` where only the year is known. */
  birthDate: PlainDate | null;
  ethnicity: string;
}

/** What inventing a person needs: chance, and the next id of the household. */
export interface Maker {
  random: Random;
  nextId(): string;
}

/** A person's time in one household in one relation. */
export interface Member {
  person: Person;
  relation: Relation;
  from: PlainDate;
  to: PlainDate | null;
  endReason: 'died' | 'moved_away' | 'split' | 'other' | null;
}

export interface FamilyInput {
  ethnicity: string;
  headSex: Sex;
  isAlone: boolean;
  /** Year of the first round; ages are made for its end. */
  year: number;
  from: PlainDate;
  /** Year in which a grown child will leave and found a household, or `null`. */
  splitYear: number | null;
  /** The child that left, when this household came from a split. */
  founder: Person | null;
}

/** Households of one to eight; the mean with the effect of lone old persons is close to 4. */
const SIZE_WEIGHTS = [0, 0.012, 0.1, 0.2, 0.36, 0.18, 0.095, 0.04, 0.013];

/** Invents the first members of a household; the head comes first. */
export function makeFamily(maker: Maker, input: FamilyInput): Member[] {
  const { random } = maker;
  const head = input.founder ?? makeHead(maker, input);
  const size = input.isAlone ? 1 : sizeOf(random, input);
  const spouse = spouseOf(maker, input, head, size);
  const family: Family = { head, father: head, eldest: null, parents: 0, hasInLaw: false };
  if (head.sex === 'female' && spouse) family.father = spouse;
  const members: [Person, Relation][] = [[head, 'head']];
  if (spouse) members.push([spouse, 'spouse']);
  if (input.splitYear !== null) {
    const age = random.between(20, 29) - (input.splitYear - input.year);
    family.eldest = childOf(maker, family.father, input.ethnicity, input.year - age);
    members.push([family.eldest, 'child']);
  }
  while (members.length < size) members.push(nextMember(maker, input, family));
  const { from } = input;
  return members.map(([person, relation]) => {
    return { person, relation, from, to: null, endReason: null };
  });
}

/** What the next member depends on. */
interface Family {
  head: Person;
  father: Person;
  eldest: Person | null;
  parents: number;
  hasInLaw: boolean;
}

/** Parents live with the young, the families of grown children with the old; the rest are children. */
function nextMember(maker: Maker, input: FamilyInput, family: Family): [Person, Relation] {
  const { random } = maker;
  const { head, eldest } = family;
  const headAge = input.year - head.birthYear;
  if (headAge < 50 && family.parents < 2 && random.chance(0.18)) {
    return [parentOf(maker, head, family.parents++ === 0 ? 'female' : 'male'), 'parent'];
  }
  const isGrown = eldest !== null && input.year - eldest.birthYear >= 22;
  if (isGrown && random.chance(0.55)) {
    if (family.hasInLaw || random.chance(0.5)) {
      return [grandchildOf(maker, eldest, input.year), 'grandchild'];
    }
    family.hasInLaw = true;
    return [spouseFor(maker, eldest), 'child_in_law'];
  }
  const oldest = Math.max(1, Math.min(headAge - 20, 38));
  const birthYear = input.year - random.between(1, oldest);
  const child = childOf(maker, family.father, input.ethnicity, birthYear);
  if (!eldest || birthYear < eldest.birthYear) family.eldest = child;
  return [child, 'child'];
}

function sizeOf(random: Random, input: FamilyInput): number {
  const size = random.weighted(SIZE_WEIGHTS);
  if (input.founder) return Math.min(Math.max(size - 1, 2), 3);
  return input.splitYear === null ? size : Math.max(size, 4);
}

function makeHead(maker: Maker, input: FamilyInput): Person {
  const least = input.splitYear === null ? 24 : 46;
  const age = input.isAlone
    ? maker.random.between(66, 84)
    : Math.max(least, Math.min(80, Math.round(46 + 12 * maker.random.normal())));
  return makePerson(maker, input.ethnicity, input.headSex, input.year - age);
}

/** Most men who head a household are married, of the women a third; one in eight marries out. */
function spouseOf(maker: Maker, input: FamilyInput, head: Person, size: number): Person | null {
  if (size < 2) return null;
  const isSure = input.founder !== null;
  if (!isSure && !maker.random.chance(head.sex === 'male' ? 0.9 : 0.35)) return null;
  return spouseFor(maker, head);
}

const MARRIED_OUT = ['tay', 'nung', 'kinh'];

function spouseFor(maker: Maker, person: Person): Person {
  const ethnicity = maker.random.chance(0.12) ? maker.random.pick(MARRIED_OUT) : person.ethnicity;
  const sex = person.sex === 'male' ? 'female' : 'male';
  const older = maker.random.between(-2, 5) * (sex === 'male' ? 1 : -1);
  return makePerson(maker, ethnicity, sex, person.birthYear - older);
}

export function childOf(
  maker: Maker,
  father: Person,
  ethnicity: string,
  birthYear: number,
): Person {
  return makePerson(
    maker,
    ethnicity,
    maker.random.chance(0.52) ? 'male' : 'female',
    birthYear,
    father,
  );
}

function parentOf(maker: Maker, head: Person, sex: Sex): Person {
  const relative = sex === 'male' ? head : undefined;
  return makePerson(
    maker,
    head.ethnicity,
    sex,
    head.birthYear - maker.random.between(21, 32),
    relative,
  );
}

function grandchildOf(maker: Maker, parent: Person, year: number): Person {
  const oldest = Math.min(Math.max(1, year - parent.birthYear - 20), 15);
  return childOf(maker, parent, parent.ethnicity, year - maker.random.between(1, oldest));
}

function makePerson(
  maker: Maker,
  ethnicity: string,
  sex: Sex,
  birthYear: number,
  relative?: Person,
): Person {
  const name = makeName(maker.random, ethnicity, sex, relative?.family);
  const birthDate = maker.random.chance(0.9) ? dateIn(maker.random, birthYear) : null;
  return { id: maker.nextId(), ...name, sex, birthYear, birthDate, ethnicity };
}

/** A day of the year, never after the 28th of a month nor in the last month. */
export function dateIn(random: Random, year: number): PlainDate {
  return plainDate(year, random.between(1, 11), random.between(1, 28))!;
}
