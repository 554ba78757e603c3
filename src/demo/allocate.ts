/**
 * Shares a whole `total` in proportion to `weights`, each part at least `minimum`, by largest
 * remainders; the parts sum to `total` exactly. Throws when the minimum cannot be kept.
 */
export function allocate(total: number, weights: ArrayLike<number>, minimum = 0): number[] {
  const count = weights.length;
  const free = total - minimum * count;
  if (free < 0) throw new RangeError(`${total} cannot give ${minimum} to each of ${count}`);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i]!;
  if (sum <= 0 && free > 0) throw new RangeError('no weights to share by');
  const exact = Array.from({ length: count }, (_, i) => (free * weights[i]!) / (sum || 1));
  const parts = exact.map((x) => Math.floor(x));
  let left = free - parts.reduce((a, b) => a + b, 0);
  const order = exact
    .map((x, i) => ({ i, rest: x - Math.floor(x) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order) {
    if (left-- <= 0) break;
    parts[i]! += 1;
  }
  return parts.map((part) => part + minimum);
}

/**
 * Iterative proportional fitting (Deming and Stephan 1940): a table with the pattern of `seed` whose
 * rows sum to `rowTotals` and whose columns sum to `columnTotals` (both of one grand total). The last
 * step fits the rows, so those are exact.
 */
export function fitTable(
  seed: readonly (readonly number[])[],
  rowTotals: readonly number[],
  columnTotals: readonly number[],
  steps = 40,
): number[][] {
  const table = seed.map((row) => [...row]);
  for (let step = 0; step < steps; step++) {
    columnTotals.forEach((wanted, j) => {
      const sum = table.reduce((s, row) => s + row[j]!, 0);
      if (sum > 0) for (const row of table) row[j]! *= wanted / sum;
    });
    table.forEach((row, i) => {
      const sum = row.reduce((s, x) => s + x, 0);
      if (sum > 0) row.forEach((x, j) => (row[j] = (x * rowTotals[i]!) / sum));
    });
  }
  return table;
}
