/**
 * Rounds exact parts to whole numbers that sum to `total`: each is rounded down, then the largest
 * remainders get one more each (and, should the parts sum to more than the total, the smallest one
 * less). `total` is at most a few units away from the exact sum.
 */
export function roundToSum(exact: readonly number[], total: number): number[] {
  const whole = exact.map(Math.floor);
  let left = total - whole.reduce((sum, part) => sum + part, 0);
  const order = exact
    .map((part, index) => ({ index, remainder: part - Math.floor(part) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
    .map(({ index }) => index);
  if (left < 0) order.reverse();
  for (let turn = 0; left !== 0 && order.length > 0; turn++) {
    const index = order[turn % order.length]!;
    whole[index] = whole[index]! + Math.sign(left);
    left -= Math.sign(left);
  }
  return whole;
}
