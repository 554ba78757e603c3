import type { Facts, Rule } from './model.js';
import { countInterval, measureValue } from './evaluate.js';
import { dimensionsOf } from './dimensions.js';
import type { Dimension } from './dimensions.js';
import { answersOf } from './to-columns.js';

/** Compiles a rule to a fast function of one household: the same table the columns form uses. */
export function toLookup(rule: Rule): (facts: Facts) => string {
  const dimensions = dimensionsOf(rule);
  const answers = answersOf(rule, dimensions);
  return (facts) => {
    let index = 0;
    for (const dimension of dimensions) {
      index = index * dimension.size + cellOfFacts(dimension, facts);
    }
    return rule.outcomes[answers[index]!]!;
  };
}

function cellOfFacts(dimension: Dimension, facts: Facts): number {
  switch (dimension.kind) {
    case 'measure': {
      const value = measureValue(facts, dimension.measure);
      if (value === null) return dimension.size - 1;
      let cell = 0;
      for (const { at, reached } of dimension.cuts) {
        if (reached ? value >= at : value > at) cell += 1;
      }
      return cell;
    }
    case 'enum': {
      const cell = dimension.values.indexOf(String(facts[dimension.fact]));
      return cell < 0 ? dimension.size - 1 : cell;
    }
    case 'boolean': {
      const value = facts[dimension.fact];
      return typeof value === 'boolean' ? Number(value) : 2;
    }
    case 'count': {
      const [low, high] = countInterval(facts, dimension.facts);
      return low >= dimension.limit ? 1 : high >= dimension.limit ? 2 : 0;
    }
  }
}
