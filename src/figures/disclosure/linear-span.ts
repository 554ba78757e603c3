/** A sum of atoms with whole coefficients, e.g. poor households of a unit = its villages' poor. */
export type Functional = ReadonlyMap<number, number>;

/** Largest prime below 2^26: products of two residues stay exact in a double. */
const PRIME = 67_108_859;

interface Pivot {
  vector: Map<number, number>;
  /** Which published sums, by index, and how often, make this vector. */
  from: Map<number, number>;
}

/**
 * What follows by adding and subtracting published sums. Exact elimination modulo a prime: a sum that
 * follows over the rationals follows here too, since the coefficients are small.
 */
export class LinearSpan {
  readonly #pivots = new Map<number, Pivot>();

  /** Adds a published sum under its index. */
  add(index: number, functional: Functional): void {
    const { vector, from } = this.#reduce(functional);
    from.set(index, 1);
    const atom = smallestKey(vector);
    if (atom === null) return;
    const inverse = inverseOf(vector.get(atom) ?? 0);
    scale(vector, inverse);
    scale(from, inverse);
    this.#pivots.set(atom, { vector, from });
  }

  /** The published sums from which `functional` follows, or `null` if it does not follow. */
  derivation(functional: Functional): number[] | null {
    const { vector, from } = this.#reduce(functional);
    return vector.size === 0 ? [...from.keys()] : null;
  }

  /**
   * Subtracts pivots until no pivot's atom is left. A pivot brings in greater atoms only; the walk over
   * the keys of a map also comes to those that are added on the way, so it ends with none.
   */
  #reduce(functional: Functional): { vector: Map<number, number>; from: Map<number, number> } {
    const vector = new Map<number, number>();
    for (const [atom, value] of functional) {
      const residue = ((value % PRIME) + PRIME) % PRIME;
      if (residue !== 0) vector.set(atom, residue);
    }
    const from = new Map<number, number>();
    for (const atom of vector.keys()) {
      const pivot = this.#pivots.get(atom);
      if (!pivot) continue;
      const factor = PRIME - (vector.get(atom) ?? 0);
      addScaled(vector, pivot.vector, factor);
      addScaled(from, pivot.from, factor);
    }
    return { vector, from };
  }
}

function smallestKey(map: ReadonlyMap<number, number>): number | null {
  let smallest: number | null = null;
  for (const key of map.keys()) if (smallest === null || key < smallest) smallest = key;
  return smallest;
}

function addScaled(
  target: Map<number, number>,
  source: ReadonlyMap<number, number>,
  factor: number,
): void {
  for (const [key, value] of source) {
    const sum = ((target.get(key) ?? 0) + value * factor) % PRIME;
    if (sum === 0) target.delete(key);
    else target.set(key, sum);
  }
}

function scale(map: Map<number, number>, factor: number): void {
  for (const [key, value] of map) map.set(key, (value * factor) % PRIME);
}

/** Fermat: a^(p−2) is the inverse of a modulo the prime p. */
function inverseOf(value: number): number {
  let result = 1;
  let base = value;
  for (let exponent = PRIME - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
}
