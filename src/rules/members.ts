import type { Atom, Condition, Facts, Rule, Tri } from './model.js';
import { atomTruth } from './evaluate.js';
import { anyOf, compareInterval, truthOf } from './tri.js';

/**
 * The one place where questions about members become household columns: "some member aged 6 or more
 * has no insurance" is true when one member proves it, false only when every member is known not to,
 * else not known. Shares are intervals: members who do, up to those who may.
 * @param members null when nobody has been asked who lives there
 */
export function reduceMembers(
  rule: Rule,
  indicators: ReadonlyMap<string, Condition | null>,
  household: Facts,
  members: readonly Facts[] | null,
): Map<string, Tri> {
  const atom = (question: Atom) => memberAtom(rule, household, members, question);
  return new Map(
    [...indicators].map(([id, when]) => [id, when === null ? null : truthOf(when, atom)]),
  );
}

function memberAtom(
  rule: Rule,
  household: Facts,
  members: readonly Facts[] | null,
  atom: Atom,
): Tri {
  if (atom.op !== 'someMember' && atom.op !== 'memberShare') {
    return atomTruth(rule, household, null, atom);
  }
  if (!members || members.length === 0) return null;
  const truths = members.map((member) =>
    truthOf(atom.where, (inner) => atomTruth(rule, member, null, inner)),
  );
  if (atom.op === 'someMember') return anyOf(truths);
  const sure = truths.filter((truth) => truth === true).length;
  const open = truths.filter((truth) => truth === null).length;
  const count = members.length;
  return compareInterval(sure / count, (sure + open) / count, atom.relation, atom.share);
}
