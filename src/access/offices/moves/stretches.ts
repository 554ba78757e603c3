import type { PlainDate } from '../../../kernel/index.js';
import { addDays, laterOf } from '../../../kernel/index.js';

/** Days from the first to the last; `validTo` `null` = without an end. */
export interface Days {
  validFrom: PlainDate;
  validTo: PlainDate | null;
}

/** A part of the days for which somebody is to hold a role. */
export interface Stretch extends Days {
  /** The row by which they hold it in these days anyway; `null` = it is to be opened. */
  heldAs: string | null;
}

/**
 * A role goes on from `day` as long as it was to run. Where its holder has the same one already, that one
 * serves; before it begins and after it ends there would be nothing, so the rest is opened.
 */
export function stretchesOf(
  role: Days,
  day: PlainDate,
  held: readonly (Days & { assignmentId: string })[],
): Stretch[] {
  const { validTo } = role;
  const found: Stretch[] = [];
  let from: PlainDate | null = laterOf(day, role.validFrom);
  for (const one of [...held].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))) {
    if (from === null || endsBefore(validTo, one.validFrom)) break;
    if (endsBefore(one.validTo, from)) continue;
    if (one.validFrom > from) {
      found.push({ heldAs: null, validFrom: from, validTo: addDays(one.validFrom, -1) });
      from = one.validFrom;
    }
    const last = earlierEnd(one.validTo, validTo);
    found.push({ heldAs: one.assignmentId, validFrom: from, validTo: last });
    from = last === validTo ? null : addDays(last!, 1);
  }
  return from === null ? found : [...found, { heldAs: null, validFrom: from, validTo }];
}

/** What two have in common, from `day` on; `null` = not one day. */
export function overlap(one: Days, other: Days, day: PlainDate): Days | null {
  const validFrom = laterOf(day, laterOf(one.validFrom, other.validFrom));
  const validTo = earlierEnd(one.validTo, other.validTo);
  return endsBefore(validTo, validFrom) ? null : { validFrom, validTo };
}

const endsBefore = (end: PlainDate | null, day: PlainDate): boolean => end !== null && end < day;

const earlierEnd = (a: PlainDate | null, b: PlainDate | null): PlainDate | null =>
  a === null || (b !== null && b < a) ? b : a;
