import type { HouseholdYear } from './household.js';
import type { Province } from './skeleton.js';

export function engineFor(_province: Province) {
  return {
    standardId: 'PS-2022',
    ruleVersion: 'vn.poverty.standard@2022',
    propose: (year: HouseholdYear): string => year.status,
  };
}
