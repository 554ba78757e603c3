import type { PlainDate } from '../kernel/index.js';

export type UnitLevel = 'province' | 'district' | 'commune';

/** A unit's key. Codes are re-used over time, so a code alone names no unit. */
export interface UnitKey {
  code: string;
  validFrom: PlainDate;
}

/** One version of an administrative unit, in force on `[validFrom, validTo]` (`null` = still). */
export interface Unit extends UnitKey {
  validTo: PlainDate | null;
  /** Full official name, kind first: "Xã Quốc Khánh". */
  name: string;
  /** The name without its kind: "Quốc Khánh". */
  shortName: string;
  level: UnitLevel;
  /** As the official list writes it: Tỉnh, Thành phố, Huyện, Xã, Phường, Thị trấn, Đặc khu. */
  kind: string;
  /** The poverty standard's two areas; `null` above the commune. */
  area: 'rural' | 'urban' | null;
  parent: UnitKey | null;
  provinceCode: string;
  aliases: readonly string[];
}

/** full = the whole predecessor goes there, partial = some of its villages do. */
export type EdgePart = 'full' | 'partial';

/** On `effective` the unit `from` (or a part of it) became, or went into, the unit `to`. */
export interface UnitEdge {
  from: UnitKey;
  to: UnitKey;
  effective: PlainDate;
  part: EdgePart;
  /** Number of the resolution, e.g. 1672/NQ-UBTVQH15. */
  instrument: string;
}

export const keyOf = (unit: UnitKey): string => `${unit.code}@${unit.validFrom}`;

/** Reads what `keyOf` writes; of anything else a key that no unit has. */
export function keyIn(text: string): UnitKey {
  const [code = '', validFrom = ''] = text.split('@');
  return { code, validFrom: validFrom as PlainDate };
}

export const sameUnit = (a: UnitKey, b: UnitKey): boolean =>
  a.code === b.code && a.validFrom === b.validFrom;

const KINDS = [
  'Thành phố',
  'Thị trấn',
  'Đặc khu',
  'Thị xã',
  'Phường',
  'Huyện',
  'Quận',
  'Tỉnh',
  'Xã',
];
const URBAN = new Set(['Phường', 'Thị trấn']);

/** "Thị trấn Thất Khê" → kind "Thị trấn", short name "Thất Khê"; throws on a name without a kind. */
export function splitName(name: string): { kind: string; shortName: string } {
  const kind = KINDS.find((word) => name.startsWith(`${word} `));
  if (!kind) throw new TypeError(`unit name does not begin with its kind: ${name}`);
  return { kind, shortName: name.slice(kind.length + 1) };
}

/**
 * Rural or urban by the kind of unit (xã → rural; phường, thị trấn → urban). A special zone (đặc
 * khu) holds both and is `null`: no source at hand says which line applies to it as a whole.
 */
export function areaOfKind(kind: string): 'rural' | 'urban' | null {
  if (kind === 'Xã') return 'rural';
  return URBAN.has(kind) ? 'urban' : null;
}
