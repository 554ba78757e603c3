/** A sum of unknowns with whole coefficients. */
export type Sum = ReadonlyMap<number, number>;

/** 2^31 − 1; residues are multiplied as big integers. Another prime than the program's own. */
const PRIME = 2_147_483_647n;

/**
 * What follows from known sums by adding and subtracting, as somebody outside would compute it: rows
 * are reduced from their last unknown down, and nothing of the program's own elimination is used.
 */
export class ExactSpan {
  readonly #rows = new Map<number, Map<number, bigint>>();

  add(sum: Sum): void {
    const row = this.#reduce(sum);
    const head = largest(row);
    if (head === null) return;
    const inverse = power(row.get(head)!, PRIME - 2n);
    for (const [at, value] of row) row.set(at, (value * inverse) % PRIME);
    this.#rows.set(head, row);
  }

  follows(sum: Sum): boolean {
    return this.#reduce(sum).size === 0;
  }

  /** From the last unknown to the first: a row only brings in unknowns before its own head. */
  #reduce(sum: Sum): Map<number, bigint> {
    const left = new Map<number, bigint>();
    for (const [at, value] of sum) {
      if (value !== 0) left.set(at, ((BigInt(value) % PRIME) + PRIME) % PRIME);
    }
    for (let head = this.#nextHead(left); head !== null; head = this.#nextHead(left)) {
      const factor = PRIME - left.get(head)!;
      for (const [at, value] of this.#rows.get(head)!) {
        const next = ((left.get(at) ?? 0n) + value * factor) % PRIME;
        if (next === 0n) left.delete(at);
        else left.set(at, next);
      }
    }
    return left;
  }

  #nextHead(left: ReadonlyMap<number, bigint>): number | null {
    let head: number | null = null;
    for (const at of left.keys()) if (this.#rows.has(at) && (head ?? -1) < at) head = at;
    return head;
  }
}

function largest(row: ReadonlyMap<number, bigint>): number | null {
  let found: number | null = null;
  for (const at of row.keys()) if ((found ?? -1) < at) found = at;
  return found;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let [b, e] = [base % PRIME, exponent]; e > 0n; e >>= 1n, b = (b * b) % PRIME) {
    if (e & 1n) result = (result * b) % PRIME;
  }
  return result;
}
