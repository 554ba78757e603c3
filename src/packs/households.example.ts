import fc from 'fast-check';
import type { Facts } from '../rules/index.js';
import type { DecisionPack } from './index.js';

/** Random households for a standard: values around every limit, each of them unknown at times. */
export function householdsFor(pack: DecisionPack): fc.Arbitrary<Facts> {
  const limits = (id: RegExp) =>
    [...pack.rule.parameters.values()]
      .filter((parameter) => id.test(parameter.id))
      .flatMap(({ cells }) => [...cells.values()].flatMap(({ value }) => value ?? []));
  const around = (values: readonly number[], step: number) =>
    fc.constantFrom(null, 0, ...values.flatMap((value) => [value - step, value, value + step]));
  const flags = pack.indicators.map(({ fact }) => [fact, fc.constantFrom(true, false, null)] as const);
  const known = {
    area: fc.constantFrom('rural', 'urban', null),
    income_pcm: around(limits(/line|average/u), 1),
    b1: around([...limits(/^b1/u), 100], 0.5),
    b2: fc.constantFrom(null, 0, 20, 30, 40, 120),
    deprived_count: fc.constantFrom(null, 0, 2, 3, 4, 12),
  };
  // Most households give one source; some give several, and those contradict now and then.
  const thin = (facts: Facts, keep: readonly boolean[]): Facts =>
    Object.fromEntries(Object.entries(facts).map(([id, v], i) => [id, keep[i % 8] ? v : null]));
  const full = fc.record({ ...known, ...Object.fromEntries(flags) }) as fc.Arbitrary<Facts>;
  const mask = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });
  return fc.tuple(full, mask).map(([facts, keep]) => thin(facts, keep));
}
