/** The 12 deprivations of PS-2022, in the order of the form. */
export const FLAGS = [
  ...['emp', 'dep', 'nut', 'ins', 'adu', 'chi'],
  ...['hqu', 'har', 'wat', 'toi', 'tel', 'inf'],
] as const;

/** Households as columns: area 0 rural, 1 urban; flags 1, 0; −1 and NaN = not known. */
export interface HouseholdColumns {
  area: Int8Array;
  b1: Float64Array;
  flags: Int8Array[];
}

/** The same random households on every machine; about one value in fifty is not known. */
export function makeColumns(households: number): HouseholdColumns {
  const random = generator(2022);
  const isUnknown = () => random() < 0.02;
  const area = Int8Array.from({ length: households }, () =>
    isUnknown() ? -1 : Number(random() < 0.2),
  );
  const b1 = Float64Array.from({ length: households }, () =>
    isUnknown() ? Number.NaN : Math.round(random() * 600) / 2,
  );
  const flags = FLAGS.map(() =>
    Int8Array.from({ length: households }, () => (isUnknown() ? -1 : Number(random() < 0.25))),
  );
  return { area, b1, flags };
}

/** Uniform on [0, 1); a linear congruence (Numerical Recipes) is random enough for a load. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Six = [Int8Array, Int8Array, Int8Array, Int8Array, Int8Array, Int8Array];

/** 1 → 1; 0 and −1 → 0. */
const one = (value: number): number => value & ~(value >> 7);
/** −1 → 1; 0 and 1 → 0. */
const gap = (value: number): number => (value >> 7) & 1;

const RURAL_LINE = 140;
const URBAN_LINE = 175;
const MANY = 3;

/**
 * The reference: what a careful programmer would write for this one standard, with the same three
 * values. Codes are positions in `outcomes`.
 */
export function classifyByHand(
  { area, b1, flags }: HouseholdColumns,
  outcomes: readonly string[],
): Uint8Array {
  const [poor, near] = [outcomes.indexOf('poor'), outcomes.indexOf('near_poor')];
  const [above, open] = [outcomes.indexOf('not_poor'), outcomes.indexOf('not_computable')];
  const codes = new Uint8Array(area.length);
  // Twelve names instead of a loop: twice as fast, and so the harder reference.
  const [a, b, c, d, e, f] = flags as Six;
  const [g, h, k, l, m, n] = flags.slice(6) as Six;
  for (let i = 0; i < codes.length; i++) {
    const sure =
      one(a[i]!) +
      one(b[i]!) +
      one(c[i]!) +
      one(d[i]!) +
      one(e[i]!) +
      one(f[i]!) +
      one(g[i]!) +
      one(h[i]!) +
      one(k[i]!) +
      one(l[i]!) +
      one(m[i]!) +
      one(n[i]!);
    const unknown =
      gap(a[i]!) +
      gap(b[i]!) +
      gap(c[i]!) +
      gap(d[i]!) +
      gap(e[i]!) +
      gap(f[i]!) +
      gap(g[i]!) +
      gap(h[i]!) +
      gap(k[i]!) +
      gap(l[i]!) +
      gap(m[i]!) +
      gap(n[i]!);
    const below = sure >= MANY ? poor : sure + unknown < MANY ? near : open;
    const score = b1[i]!;
    const [low, high] =
      area[i] === 0
        ? [RURAL_LINE, RURAL_LINE]
        : area[i] === 1
          ? [URBAN_LINE, URBAN_LINE]
          : [RURAL_LINE, URBAN_LINE];
    codes[i] = score > high ? above : score <= low ? below : open;
  }
  return codes;
}
