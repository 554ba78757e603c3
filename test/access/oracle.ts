import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type {
  ActorIs,
  HoldsIs,
  PlaceName,
  ProvinceName,
  ScopeName,
  UnitIs,
  UnitName,
} from './world/description.js';
import { PLACES, PLACE_NAMES, TODAY, UNITS, placeOf } from './world/description.js';
import { OFFICES, OFFICE_ACTORS } from './world/office-stories.js';

/**
 * Says who may see and do what, from the description of the world and the roles file alone: no SQL, no
 * code of the product. It is slow and plain on purpose; where it and the product disagree, one is wrong.
 */

export interface RoleIs {
  id: string;
  levels: string[];
  can: string[];
}

const ROLES_FILE = new URL('../../packs/national/access/roles.yaml', import.meta.url);

/** The roles as the file has them. */
export const ROLES = (parse(readFileSync(ROLES_FILE, 'utf8')) as { roles: RoleIs[] }).roles;

/** Can this person be told from nobody today? */
export function isKnown(actor: ActorIs): boolean {
  return actor.session === undefined && actor.closed !== true && actor.demo !== true;
}

const isToday = ({ from, to, withdrawn }: HoldsIs): boolean =>
  from <= TODAY && (to === null || TODAY <= to) && withdrawn !== true;

const isOfficeOpen = (name: string | undefined): boolean => {
  const to = name === undefined ? null : (OFFICES[name]?.to ?? null);
  return to === null || TODAY <= to;
};

/** The office of one of the person's roles, by name. */
export const officeOfRole = (actor: ActorIs, { in: name, role, over, from }: HoldsIs): string =>
  name ?? `office of ${actor.name}, ${role} over ${over} from ${from}`;

const isOwnIn = (actor: ActorIs, office: string): boolean =>
  actor.holds.some((one) => !one.by && isToday(one) && officeOfRole(actor, one) === office);

/**
 * What was handed over gives something while its giver holds the role and has an account, and while whoever
 * received it holds a role of their own in that office.
 */
function isBacked(actor: ActorIs, one: HoldsIs): boolean {
  if (one.by === undefined) return true;
  const giver = OFFICE_ACTORS.find(({ name }) => name === one.by);
  if (!giver || giver.closed === true || !isOwnIn(actor, officeOfRole(actor, one))) return false;
  return giver.holds.some(
    (own) => !own.by && own.role === one.role && own.over === one.over && isToday(own),
  );
}

/** What the person holds today, and it gives something. */
export const holdsToday = (actor: ActorIs): HoldsIs[] =>
  isKnown(actor)
    ? actor.holds.filter((one) => isToday(one) && isOfficeOpen(one.in) && isBacked(actor, one))
    : [];

/** Over what the person has this permission today. */
export function scopesOf(actor: ActorIs, permission: string): ScopeName[] {
  const found: ScopeName[] = [];
  for (const { role, over, only } of holdsToday(actor)) {
    const can = only ?? ROLES.find((one) => one.id === role)?.can ?? [];
    if (can.includes(permission) && !found.includes(over)) found.push(over);
  }
  return found;
}

/** May the person use an address with this policy at all? */
export function mayUse(actor: ActorIs, policy: string): boolean {
  if (policy === 'public' || policy === 'anybody') return true;
  if (policy === 'signed-in') return isKnown(actor);
  return scopesOf(actor, policy).length > 0;
}

/** Does the place lie within the scope, now or at any time before? */
export function covers(scope: ScopeName, place: PlaceName): boolean {
  const is = placeOf(place);
  if (scope === place || scope === is.province) return true;
  return (is.within as readonly string[]).includes(scope);
}

/** The places over which the person has the permission; for other policies there are none. */
export function placesFor(actor: ActorIs, permission: string): Set<PlaceName> {
  const scopes = scopesOf(actor, permission);
  return new Set(PLACE_NAMES.filter((place) => scopes.some((scope) => covers(scope, place))));
}

/**
 * A file that was read: the units its sheets are about, and the scopes over which whoever read it could
 * write then.
 */
export interface ImportIs {
  province: ProvinceName;
  units: readonly UnitName[];
  /** Some sheet of it is of no unit that was known, or that its reader answered for. */
  hasOpenSheets: boolean;
  reach: readonly ScopeName[];
  /** It was read and not written: without any unit, it waits for its reader. */
  isPreview: boolean;
}

/**
 * All of it for whoever answers for the province, for each of its units, or for all that its reader
 * answered for; a part for whoever answers for some of its units; else nothing.
 */
export function shareOf(scopes: readonly ScopeName[], file: ImportIs): 'whole' | 'part' | 'none' {
  const own = file.units.filter((unit) => scopes.includes(unit));
  const isOfProvince = file.units.length > 0 || !file.isPreview;
  const hasProvince = isOfProvince && scopes.includes(file.province);
  const hasAll = own.length > 0 && own.length === file.units.length && !file.hasOpenSheets;
  const hasReach = file.reach.length > 0 && file.reach.every((scope) => scopes.includes(scope));
  if (hasProvince || hasAll || hasReach) return 'whole';
  return own.length > 0 ? 'part' : 'none';
}

/**
 * Over what somebody answers for all of a unit: the unit itself, its province, and the unit that took it
 * over whole. Of a unit that was divided nobody below the province has all.
 */
export function isOverWhole(scopes: readonly ScopeName[], unit: UnitName): boolean {
  const { province, wholeIn }: UnitIs = UNITS[unit];
  return scopes.some((scope) => scope === unit || scope === province || scope === wholeIn);
}

/** What an office did that is of no place: who audits the office's places, or the whole province. */
export const auditsOffice = (scopes: readonly ScopeName[], officeOf: ScopeName): boolean =>
  scopes.includes('pA') ||
  scopes.includes(officeOf) ||
  // The office of a village is one of its commune's places.
  (isPlace(officeOf) && scopes.some((scope) => covers(scope, officeOf)));

/** How a scope lies to a place, as the issue names it. */
export type Relation =
  | 'own'
  | 'ancestor'
  | 'descendant'
  | 'sibling'
  | 'merged successor'
  | 'split successor'
  | 'unassigned place'
  | 'abolished'
  | 'none'
  | 'nobody';

const isUnit = (scope: ScopeName): scope is UnitName => scope in UNITS;
const isPlace = (scope: ScopeName): scope is PlaceName => scope in PLACES;

export function relationOf(scope: ScopeName | null, place: PlaceName): Relation {
  if (scope === null) return 'nobody';
  const is = placeOf(place);
  if (scope === place) return 'own';
  if (provinceOf(scope) !== is.province) return 'none';
  if (isPlace(scope)) return relationOfVillage(scope, place);
  if (!isUnit(scope)) return 'ancestor';
  if (scope === 'D1') return is.within.includes(scope) ? 'ancestor' : 'sibling';
  if (is.ended || scope.startsWith('O')) return 'abolished';
  if (is.uncertain) return 'unassigned place';
  if (!is.within.includes(scope)) return 'sibling';
  if (is.within.includes('O1')) return 'merged successor';
  return is.within.includes('O2') ? 'split successor' : 'own';
}

function relationOfVillage(scope: PlaceName, place: PlaceName): Relation {
  const is = placeOf(place);
  if (is.ended) return 'abolished';
  if (is.uncertain || placeOf(scope).uncertain) return 'unassigned place';
  const isAbove = is.kind === 'unknown_village' && is.within.length < 2;
  const isInside = is.within.every((unit) => placeOf(scope).within.includes(unit));
  return isAbove && isInside ? 'descendant' : 'sibling';
}

/** Does the person run the accounts of a province in which the other one holds, held or will hold a role? */
export const runsAccountOf = (actor: ActorIs, other: ActorIs): boolean => {
  const provinces = scopesOf(actor, 'account:read');
  return other.holds.some(({ over }) => provinces.includes(provinceOf(over)));
};

/** How a scope lies to an office, where an act of it is of no place. */
export function relationToOffice(scope: ScopeName, officeOf: ScopeName): Relation {
  if (scope === officeOf) return 'own';
  if (provinceOf(scope) !== provinceOf(officeOf)) return 'none';
  return scope === provinceOf(officeOf) ? 'ancestor' : 'sibling';
}

const provinceOf = (scope: ScopeName) =>
  isUnit(scope) ? UNITS[scope].province : isPlace(scope) ? placeOf(scope).province : scope;
