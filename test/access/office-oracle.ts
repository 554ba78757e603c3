import { covers, holdsToday, isKnown, officeOfRole, runsAccountOf, scopesOf } from './oracle.js';
import type { ActorIs, ScopeName } from './world/description.js';
import { PLACES, PROVINCES, UNITS } from './world/description.js';
import type { PlaceName, ProvinceName, UnitName } from './world/description.js';

/** Who may know of offices, of what is handed over in them and of their moves; from words alone as well. */

/** An office: what it is of, and its name in the description. */
export interface OfficeAt {
  of: ScopeName;
  office: string;
}

/** Whoever holds something in it today is one of its own people. */
export const isOfOffice = (actor: ActorIs, office: string): boolean =>
  holdsToday(actor).some((one) => officeOfRole(actor, one) === office);

/** Do these scopes reach the office: its own unit or village, its province, or the unit of its village? */
const reaches = (scopes: readonly ScopeName[], of: ScopeName): boolean =>
  scopes.some((scope) => {
    if (scope === of) return true;
    if (of in PLACES) return covers(scope, of as PlaceName);
    return of in UNITS && scope === UNITS[of as UnitName].province;
  });

/** May the person know that there is this office? */
export const seesOffice = (actor: ActorIs, { of, office }: OfficeAt): boolean =>
  isOfOffice(actor, office) || reaches(scopesOf(actor, 'office:read'), of);

/** Who holds what there is told to its own people, to who runs its accounts, and to who reads its log. */
export const seesNamesAt = (actor: ActorIs, { of, office }: OfficeAt): boolean =>
  isOfOffice(actor, office) ||
  ['account:read', 'audit:read'].some((one) => reaches(scopesOf(actor, one), of));

/** Does a page about offices tell this person the name of that one? */
export const meetsInOffices = (actor: ActorIs, other: ActorIs): boolean =>
  runsAccountOf(actor, other) ||
  other.holds.some((one) => seesNamesAt(actor, { of: one.over, office: officeOfRole(other, one) }));

/** One of them has handed the other a role, whatever became of it. */
export const areParties = (actor: ActorIs, other: ActorIs): boolean =>
  isKnown(actor) &&
  (actor.holds.some(({ by }) => by === other.name) ||
    other.holds.some(({ by }) => by === actor.name));

/** Colleagues know each other: both hold a role of their own in the same office today. */
export function areColleagues(actor: ActorIs, other: ActorIs): boolean {
  const own = (one: ActorIs) =>
    holdsToday(one).flatMap((held) => (held.by ? [] : [officeOfRole(one, held)]));
  const there = new Set(own(other));
  return own(actor).some((office) => there.has(office));
}

/** Who plans the moves of a province. */
export const plansFor = (actor: ActorIs, province: ProvinceName): boolean =>
  province in PROVINCES && scopesOf(actor, 'office:propose').includes(province);
