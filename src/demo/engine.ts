import { periodicRound } from '../kernel/index.js';
import { ruleVersion } from '../packs/index.js';
import { classifyByStandard, standardOf } from '../review/index.js';
import type { HouseholdYear } from './household.js';
import type { Province } from './skeleton.js';

/** The standard of a round and what it makes of a household's scores. */
export interface RoundEngine {
  standardId: string;
  ruleVersion: string;
  /** @throws RangeError when the rule does not confirm the class the scores were made for */
  propose(year: HouseholdYear): string;
}

/**
 * One engine per round. The demonstration makes scores for a class; the class itself is then
 * proposed by the same rule that an import uses, and the two must agree.
 */
export function engines({ targets }: Pick<Province, 'targets'>): RoundEngine[] {
  return targets.rounds.map(({ round }) => {
    const pack = standardOf(periodicRound(round).effectYear);
    return {
      standardId: pack.id,
      ruleVersion: ruleVersion(pack),
      propose({ area, assessment: { b1, b2 }, status }) {
        const proposed = classifyByStandard(pack, { area, b1, b2 });
        if (proposed === status) return proposed;
        throw new RangeError(`${pack.id} makes ${proposed} of B1 ${b1}, B2 ${b2}, not ${status}`);
      },
    };
  });
}
