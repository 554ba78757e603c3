import type { DocumentRegister } from './document-register.js';
import { citeText } from './cite-text.js';
import { documentRegister } from './load-register.js';

/** A document that a pack names as the source of a legal value. */
export interface PackCitation {
  /** As the pack writes it: "NĐ 07/2021/NĐ-CP", "83/QĐ-UBND ngày 15/01/2026". */
  document: string;
  /** Where it stands, for the one who repairs it. */
  path: string;
}

export interface CitationProblem extends PackCitation {
  /** unreadable = no number in it; unknown = not in the register; ambiguous = several documents. */
  problem: 'unreadable' | 'unknown' | 'ambiguous';
}

/**
 * Finds citations of packs that are not exactly one document of the register. A number that is given
 * anew each year may stand without its date as long as the register holds only one.
 */
export function checkPackCitations(
  citations: Iterable<PackCitation>,
  register: DocumentRegister = documentRegister(),
): CitationProblem[] {
  const problems: CitationProblem[] = [];
  for (const citation of citations) {
    const found = citeText(citation.document, undefined, register);
    if (found.length === 0) problems.push({ ...citation, problem: 'unreadable' });
    for (const { resolved, candidates = [], date } of found) {
      const fitting = candidates.filter((c) => date === null || c.date === date);
      if (resolved || fitting.length === 1) continue;
      problems.push({ ...citation, problem: fitting.length === 0 ? 'unknown' : 'ambiguous' });
    }
  }
  return problems;
}
