/**
 * The world of the access test in words: two provinces, communes that merged, split and ended, villages,
 * and everybody who might look. Written by hand; nothing here is read from the database or from `src/`.
 * Codes and dates are those of the packs, so that the register of the product is put to the test too.
 */

/** A unit, in one stretch of its boundaries. */
export interface UnitIs {
  code: string;
  from: string;
  province: ProvinceName;
  level: 'district' | 'commune';
  /** The one unit that took over all of it. */
  wholeIn?: 'N1' | 'N2';
}

export type ProvinceName = 'pA' | 'pB';

export const PROVINCES: Readonly<Record<ProvinceName, string>> = { pA: '20', pB: '04' };

export const UNITS = {
  /** A district that ended with all others on 30/6/2025; O0 and O1 lay in it. */
  D1: { code: '180', from: '2020-01-01', province: 'pA', level: 'district' },
  /** Until 30/6/2025; the whole of it went on in N1. */
  O0: { code: '06004', from: '2020-01-01', province: 'pA', level: 'commune', wholeIn: 'N1' },
  /** Merged wholly into N1 on 1/7/2025. */
  O1: { code: '06016', from: '2020-01-01', province: 'pA', level: 'commune', wholeIn: 'N1' },
  /** Split on 1/7/2025: some villages to N2, others to N3. */
  O2: { code: '06622', from: '2020-01-01', province: 'pA', level: 'commune' },
  /** The whole of it went on in N2. */
  O3: { code: '06613', from: '2020-01-01', province: 'pA', level: 'commune', wholeIn: 'N2' },
  N1: { code: '06004', from: '2025-07-01', province: 'pA', level: 'commune' },
  N2: { code: '06613', from: '2025-07-01', province: 'pA', level: 'commune' },
  N3: { code: '06625', from: '2025-07-01', province: 'pA', level: 'commune' },
  /** In another province. */
  N4: { code: '01290', from: '2025-07-01', province: 'pB', level: 'commune' },
} as const satisfies Record<string, UnitIs>;

export type UnitName = keyof typeof UNITS;

/** A place, where a row belongs, with every unit it has ever lain in or may lie in. */
export interface PlaceIs {
  province: ProvinceName;
  /** Oldest first; the last is where it lies now, unless it is `uncertain` or `ended`. */
  within: readonly UnitName[];
  kind: 'village' | 'unknown_village';
  /** May lie in either of the last two units. */
  uncertain?: true;
  /** Nothing is known of it after its unit ended. */
  ended?: true;
}

export const PLACES = {
  v1: { province: 'pA', within: ['D1', 'O0', 'N1'], kind: 'village' },
  v2: { province: 'pA', within: ['D1', 'O0', 'N1'], kind: 'village' },
  v3: { province: 'pA', within: ['D1', 'O1', 'N1'], kind: 'village' },
  v4: { province: 'pA', within: ['O2', 'N2'], kind: 'village' },
  v5: { province: 'pA', within: ['O2', 'N3'], kind: 'village' },
  v6: { province: 'pA', within: ['O3', 'N2'], kind: 'village' },
  v7: { province: 'pB', within: ['N4'], kind: 'village' },
  v8: { province: 'pB', within: ['N4'], kind: 'village' },
  /** Of the commune that was split; nobody has said yet where it went. */
  w1: { province: 'pA', within: ['O2', 'N2', 'N3'], kind: 'village', uncertain: true },
  /** Of a commune that ended; it has no successor. */
  w2: { province: 'pA', within: ['D1', 'O1'], kind: 'village', ended: true },
  /** "Commune N1, village unknown", and so on. */
  u1: { province: 'pA', within: ['N1'], kind: 'unknown_village' },
  u2: { province: 'pA', within: ['N2'], kind: 'unknown_village' },
  u3: { province: 'pA', within: ['N3'], kind: 'unknown_village' },
  uO: { province: 'pA', within: ['D1', 'O1', 'N1'], kind: 'unknown_village' },
  uS: { province: 'pA', within: ['O2', 'N2', 'N3'], kind: 'unknown_village', uncertain: true },
  /** Of the province, for rows whose commune nobody knows: it lies in no unit. */
  uP: { province: 'pA', within: [], kind: 'unknown_village' },
} as const satisfies Record<string, PlaceIs>;

export type PlaceName = keyof typeof PLACES;
export const PLACE_NAMES = Object.keys(PLACES) as PlaceName[];
export const placeOf = (name: PlaceName): PlaceIs => PLACES[name];

/** What a role can be held over. */
export type ScopeName = ProvinceName | UnitName | PlaceName;

/** Scopes that roles are tried over, by the level of the role. */
export const SCOPES_OF_LEVEL: Readonly<Record<string, readonly ScopeName[]>> = {
  province: ['pA', 'pB'],
  commune: ['N1', 'N2', 'N3', 'N4', 'O1', 'O2', 'D1'],
  village: ['v1', 'v3', 'v4', 'v7', 'w1'],
};

/** "Today" in the world. */
export const TODAY = '2025-12-02';
export const YESTERDAY = '2025-12-01';
export const TOMORROW = '2025-12-03';
export const SINCE = '2025-07-01';

export interface HoldsIs {
  role: string;
  over: ScopeName;
  from: string;
  to: string | null;
  /** The office it is held in, by its name in `office-stories.ts`; one of their own unless named. */
  in?: string;
  /** Who handed it over. */
  by?: string;
  /** Of the role, when not all was handed over. */
  only?: readonly string[];
  /** It was taken back this morning, whatever day it runs to. */
  withdrawn?: true;
}

export interface ActorIs {
  name: string;
  holds: readonly HoldsIs[];
  /**
   * Why a person who once signed in is nobody now; `none` has never signed in, `no-code` gave the
   * password, and the code of the app is still missing.
   */
  session?: 'none' | 'ended' | 'expired' | 'idle' | 'no-code';
  /** The account was closed. */
  closed?: true;
  /** An account of a demonstration, which this world is not. */
  demo?: true;
}

export const holds = (
  role: string,
  over: ScopeName,
  from = SINCE,
  to: string | null = null,
): HoldsIs => ({
  role,
  over,
  from,
  to,
});

/** People whose story is not just one role over one scope. */
export const SPECIAL_ACTORS: readonly ActorIs[] = [
  { name: 'nobody', holds: [], session: 'none' },
  { name: 'without a role', holds: [] },
  { name: 'unknown role', holds: [holds('no_such_role', 'pA')] },
  { name: 'role ended yesterday', holds: [holds('province_officer', 'pA', SINCE, YESTERDAY)] },
  { name: 'role ends today', holds: [holds('commune_officer', 'N3', SINCE, TODAY)] },
  { name: 'role begins tomorrow', holds: [holds('province_officer', 'pA', TOMORROW)] },
  { name: 'closed account', holds: [holds('province_officer', 'pA')], closed: true },
  { name: 'demonstration account', holds: [holds('province_officer', 'pA')], demo: true },
  { name: 'signed out', holds: [holds('province_officer', 'pA')], session: 'ended' },
  { name: 'session expired', holds: [holds('province_officer', 'pA')], session: 'expired' },
  { name: 'session idle', holds: [holds('province_officer', 'pA')], session: 'idle' },
  { name: 'code still missing', holds: [holds('province_leader', 'pA')], session: 'no-code' },
  {
    name: 'moved from N1 to N2',
    holds: [holds('commune_officer', 'N1', SINCE, YESTERDAY), holds('commune_officer', 'N2')],
  },
  {
    name: 'supervises all, writes in N1',
    holds: [holds('supervisor', 'pA'), holds('commune_officer', 'N1')],
  },
  {
    name: 'counts all, reads in N2',
    holds: [holds('sector_officer', 'pA'), holds('commune_leader', 'N2')],
  },
  {
    name: 'runs accounts, heads v1',
    holds: [holds('administrator', 'pA'), holds('village_head', 'v1')],
  },
];

/** One actor for every role over every scope of its levels, and the special ones. */
export function actorsOf(
  roles: readonly { id: string; levels: readonly string[] }[],
): readonly ActorIs[] {
  const plain = roles.flatMap(({ id, levels }) =>
    levels
      .flatMap((level) => SCOPES_OF_LEVEL[level] ?? [])
      .map((over): ActorIs => ({ name: `${id} over ${over}`, holds: [holds(id, over)] })),
  );
  return [...plain, ...SPECIAL_ACTORS];
}
