import type { DocumentRegister } from './document-register.js';
import type { Citation } from './cite-text.js';
import { citeText } from './cite-text.js';
import { documentRegister } from './load-register.js';

/** A document that a pack names as the source of a legal value. */
export interface PackCitation {
  /** As the pack writes it: "NĐ 07/2021/NĐ-CP", "83/QĐ-UBND ngày 15/01/2026". */
  document: string;
  /** Its day of issue (`YYYY-MM-DD`) when the pack states it beside the number. */
  issued?: string | null;
  /** Where it stands, for the one who repairs it. */
  path: string;
}

export interface CitationProblem extends PackCitation {
  /**
   * unreadable = no number in it; unknown = not in the register; ambiguous = several documents;
   * other-date = the register has another day of issue.
   */
  problem: 'unreadable' | 'unknown' | 'ambiguous' | 'other-date';
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
  for (const pack of citations) {
    const found = citeText(pack.document, undefined, register);
    const kinds = found.length === 0 ? ['unreadable' as const] : found.map((c) => judge(c, pack));
    for (const problem of kinds) if (problem !== null) problems.push({ ...pack, problem });
  }
  return problems;
}

function judge(
  citation: Citation,
  { issued = null }: PackCitation,
): CitationProblem['problem'] | null {
  const { resolved, date, candidates = [] } = citation;
  const fitting = resolved ? [date] : candidates.map((c) => c.date).filter(fits(date));
  if (fitting.length === 0) return 'unknown';
  const sameDay = fitting.filter(fits(issued));
  if (sameDay.length === 0) return 'other-date';
  return sameDay.length === 1 ? null : 'ambiguous';
}

const fits = (wanted: string | null) => (date: string | null) => wanted === null || date === wanted;
