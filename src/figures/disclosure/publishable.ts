import type { Functional } from './linear-span.js';
import { LinearSpan } from './linear-span.js';

/** A number that could be published. */
export interface PublicCell {
  id: string;
  value: number;
  /** What it is the sum of; two cells with the same sum are hidden together. */
  sum: Functional;
  /** True when the value itself must not be known (1–4 households, or all but 0–4 of a group). */
  isSensitive: boolean;
  /** How much is lost by hiding it; the cheapest cell is hidden to protect another. */
  cost: number;
}

/** Smallest count that may be published; 0 may (see docs/concepts/disclosure.md). */
export const SMALLEST_PUBLISHED = 5;

export const isSmall = (count: number): boolean => count > 0 && count < SMALLEST_PUBLISHED;

/**
 * A count that stands beside the published cells (households waiting for a decision, or without a
 * class): it is in no table of sums, so that it is published for the whole province only and not small.
 */
export const besideCount = (count: number | null, isProvince: boolean): number | null =>
  count === 0 || (count !== null && isProvince && !isSmall(count)) ? count : null;

interface Group {
  sum: Functional;
  ids: string[];
  isSensitive: boolean;
  cost: number;
}

/**
 * The one door to the public: which of these cells may be shown. A sensitive cell is hidden, and as
 * many others as needed until it follows from no sum or difference of what is shown.
 * @returns ids of the cells to hide
 */
export function publishable(cells: readonly PublicCell[]): Set<string> {
  const groups = groupBySum(cells);
  const hidden = new Set(groups.filter((group) => group.isSensitive));
  const sensitive = [...hidden];
  for (let found = true; found;) {
    found = false;
    const span = spanOf(groups, hidden);
    const hiddenNow = new Set<Group>();
    for (const cell of sensitive) {
      const support = span.derivation(cell.sum)?.map((index) => groups[index]!);
      if (!support) continue;
      found = true;
      if (support.some((group) => hiddenNow.has(group))) continue;
      const cheapest = support.reduce((a, b) => (b.cost < a.cost ? b : a));
      hidden.add(cheapest);
      hiddenNow.add(cheapest);
    }
  }
  showWhatFollowsAnyway(groups, hidden);
  return new Set([...hidden].flatMap((group) => group.ids));
}

/** A cell hidden for another's sake that follows from what is shown protects nothing: show it. */
function showWhatFollowsAnyway(groups: readonly Group[], hidden: Set<Group>): void {
  const span = spanOf(groups, hidden);
  for (const group of [...hidden]) {
    if (!group.isSensitive && span.derivation(group.sum) !== null) hidden.delete(group);
  }
}

function spanOf(groups: readonly Group[], hidden: ReadonlySet<Group>): LinearSpan {
  const span = new LinearSpan();
  groups.forEach((group, index) => {
    if (!hidden.has(group)) span.add(index, group.sum);
  });
  return span;
}

function groupBySum(cells: readonly PublicCell[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { id, sum, isSensitive, cost } of cells) {
    const key = [...sum].sort(([a], [b]) => a - b).join(';');
    const known = groups.get(key);
    if (known) {
      known.ids.push(id);
      known.isSensitive ||= isSensitive;
      known.cost = Math.max(known.cost, cost);
    } else {
      groups.set(key, { sum, ids: [id], isSensitive, cost });
    }
  }
  return [...groups.values()];
}
