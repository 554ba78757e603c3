import { keyOf, sameUnit, scopeOfUnit, keyIn } from '../../../areas/index.js';
import type { AreaRegister, Unit, UnitKey } from '../../../areas/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { addDays } from '../../../kernel/index.js';
import type { Assignment } from '../assignments.js';
import type { Office } from '../office.js';
import { moveProblems } from './move-problems.js';
import type { Stretch } from './stretches.js';
import { stretchesOf } from './stretches.js';

/** A unit that ends, and what becomes of it. */
export interface MoveOf {
  from: Unit;
  /** The first day without it. */
  on: PlainDate;
  /** Units that hold its territory from then on; none when it was abolished. */
  successors: readonly Unit[];
  /** All of it goes to the one successor: nothing is left to ask. */
  isWhole: boolean;
}

/** Where something goes: a unit (`06004@2025-07-01`), nowhere, or to who answers for the province. */
export type Target = string;
export const ENDS: Target = 'end';
export const PROVINCE: Target = 'province';

/** What a person decided about what has no certain successor: assignment id → target. */
export type Choices = Readonly<Record<string, Target>>;

/** Work that is not finished in a unit. */
export interface OpenWork {
  lists: readonly string[];
  imports: readonly string[];
  jobs: readonly string[];
  inspections: readonly string[];
}

/** What stands in the unit on the day before. */
export interface InUnit {
  offices: readonly Office[];
  /** Held over the unit, in one's own right. */
  roles: readonly Assignment[];
  /** Held in its offices, ended ones too, over something else, and the unit in which that lies, where it is certain. */
  elsewhere: readonly HeldElsewhere[];
  /** Handed over from either. */
  delegations: readonly Assignment[];
  /** Held already over what these will be held over, now or later. */
  heldThere: readonly HeldThere[];
  work: OpenWork;
}

export type HeldElsewhere = Assignment & { liesIn: UnitKey | null };

export type HeldThere = Pick<
  Assignment,
  'assignmentId' | 'personId' | 'role' | 'scopeKey' | 'validFrom' | 'validTo'
>;

export interface RoleStep {
  assignmentId: string;
  personId: string;
  role: string;
  /** `null` = nobody has said. */
  to: Target | null;
  /** What can be said; empty when it is certain. */
  options: readonly Target[];
  /** What it is held over from then on; `null` when it ends, or nobody has said. */
  scopeKey: string | null;
  /** It is about something smaller or other than the unit: only the office changes. */
  keepsScope: boolean;
  /** Day by day: where they hold it there already, that goes on; for the rest it is opened. */
  stretches: readonly Stretch[];
}

export interface MovePlan {
  from: UnitKey;
  on: PlainDate;
  successors: readonly UnitKey[];
  isWhole: boolean;
  /** That end. */
  offices: readonly { officeId: string; name: string; kind: string }[];
  roles: readonly RoleStep[];
  delegations: readonly { assignmentId: string; source: string }[];
  /** Roles that several people will hold at one successor: to be known, not decided here. */
  shared: readonly { role: string; to: Target; people: number }[];
  /**
   * Counts; the work follows the whole unit, else it waits at the province. Inspections move like it, but
   * who runs offices is not told of them.
   */
  work: { lists: number; imports: number; jobs: number; to: Target };
  /** How many roles somebody has to decide about before this can be done. */
  undecided: number;
}

/** Communes of a province that end, by the day after their last, newest day first. */
export function lineageEvents(
  register: AreaRegister,
  provinceCode: string,
): { on: PlainDate; units: Unit[] }[] {
  const days = new Map<PlainDate, Unit[]>();
  for (const unit of register.units) {
    if (unit.level !== 'commune' || unit.provinceCode !== provinceCode) continue;
    if (unit.validTo === null) continue;
    const on = addDays(unit.validTo, 1);
    days.set(on, [...(days.get(on) ?? []), unit]);
  }
  return [...days].map(([on, units]) => ({ on, units })).sort((a, b) => (a.on < b.on ? 1 : -1));
}

/**
 * What a unit becomes on a day, by the register.
 * @throws Problem `move-unit-unknown`, `move-no-change`
 */
export function moveOf(register: AreaRegister, code: string, on: PlainDate): MoveOf {
  const versions = register.lineage(code).filter(({ unit }) => unit.level === 'commune');
  const ended = versions.find(({ unit }) => unit.validTo && addDays(unit.validTo, 1) === on);
  if (!ended) throw moveProblems.noChange(code, on, versions.length > 0);
  const found = register.successorsOf(ended.unit, on);
  const isWhole = found.length === 1 && found[0]?.part === 'full';
  return { from: ended.unit, on, successors: found.map(({ unit }) => unit), isWhole };
}

/** Pure: what goes where, from `day` on. What has no certain successor waits for a choice. */
export function planMove(
  move: MoveOf,
  there: InUnit,
  choices: Choices,
  day: PlainDate = move.on,
): MovePlan {
  const { from, on, successors, isWhole } = move;
  const [only] = successors;
  const certain = isWhole && only ? keyOf(only) : successors.length === 0 ? ENDS : null;
  const step = (one: Assignment, sure: Target | null, keepsScope: boolean): RoleStep => {
    const { assignmentId, personId, role } = one;
    const options = sure === null ? [...successors.map(keyOf), ENDS] : [];
    const chosen = choices[assignmentId];
    const to = sure ?? (chosen !== undefined && options.includes(chosen) ? chosen : null);
    const isHeldOn = to !== null && to !== ENDS;
    const scopeKey = isHeldOn ? (keepsScope ? one.scopeKey : scopeOfTarget(to)) : null;
    const known = there.heldThere.filter(
      (held) => held.personId === personId && held.role === role && held.scopeKey === scopeKey,
    );
    const stretches = scopeKey === null ? [] : stretchesOf(one, day, known);
    return { assignmentId, personId, role, to, options, scopeKey, keepsScope, stretches };
  };
  const roles = [
    ...there.roles.map((one) => step(one, certain, false)),
    ...there.elsewhere.map((one) => step(one, certainElsewhere(one, certain, isWhole), true)),
  ];
  const { lists, imports, jobs } = there.work;
  return {
    ...{ from: pick(from), on, successors: successors.map(pick), isWhole, roles },
    offices: there.offices
      .filter(({ unit }) => unit !== null && sameUnit(unit, from))
      .map(({ officeId, name, kind }) => ({ officeId, name, kind })),
    delegations: there.delegations.flatMap(({ assignmentId, delegatedFrom }) =>
      delegatedFrom === null ? [] : [{ assignmentId, source: delegatedFrom }],
    ),
    shared: sharedRoles(roles, there),
    work: {
      ...{ lists: lists.length, imports: imports.length, jobs: jobs.length },
      to: isWhole && only ? keyOf(only) : PROVINCE,
    },
    undecided: roles.filter(({ to }) => to === null).length,
  };
}

/** Of a divided unit, a role over a village goes to the office of the commune in which that lies. */
const certainElsewhere = (
  { liesIn }: HeldElsewhere,
  certain: Target | null,
  isWhole: boolean,
): Target | null => (!isWhole && liesIn ? keyOf(liesIn) : certain);

/** Is there nothing at all to move? */
export const isEmptyMove = ({ offices, roles, elsewhere, work }: InUnit): boolean => {
  const { lists, imports, jobs, inspections } = work;
  const all = [offices, roles, elsewhere, lists, imports, jobs, inspections];
  return all.every((some) => some.length === 0);
};

const pick = ({ code, validFrom }: Unit): UnitKey => ({ code, validFrom });

const scopeOfTarget = (target: Target): string => {
  const { code, validFrom } = keyIn(target);
  return scopeOfUnit(code, validFrom);
};

/** Those who come, and those who are there. */
function sharedRoles(roles: readonly RoleStep[], there: InUnit): MovePlan['shared'] {
  const coming = roles.flatMap(({ role, to, personId, keepsScope }) =>
    to === null || to === ENDS || keepsScope ? [] : [{ role, to, personId }],
  );
  const keys = [...new Set(coming.map(({ role, to }) => `${role} ${to}`))];
  return keys.flatMap((key) => {
    const [role = '', to = ''] = key.split(' ');
    const people = new Set([
      ...coming.filter((one) => one.role === role && one.to === to).map((one) => one.personId),
      ...there.heldThere
        .filter((one) => one.role === role && one.scopeKey === scopeOfTarget(to))
        .map((one) => one.personId),
    ]);
    return people.size > 1 ? [{ role, to, people: people.size }] : [];
  });
}
