import type { SheetAccount } from '../intake/index.js';
import type { HouseholdRow } from './read-household-row.js';
import type {
  ImportChanges,
  ImportCounts,
  RowCounts,
  SheetCounts,
  SheetReading,
  SkippedSheet,
  UnresolvedSheet,
} from './import-result.js';

export const emptyCounts = (): RowCounts => ({
  titleRows: 0,
  headerRows: 0,
  rowsRead: 0,
  repeatedHeaders: 0,
  blankRows: 0,
  footerRows: 0,
  exactDuplicates: 0,
  possibleSameHousehold: 0,
  distinctHouseholds: 0,
  needsReview: 0,
  byStatus: { poor: 0, near_poor: 0, not_poor: 0, not_computable: 0 },
  classDisagreements: 0,
  changes: { created: 0, updated: 0, unchanged: 0, conflicting: 0 },
});

/** Counts the distinct rows of one sheet; the account of the reader is added at its end. */
export class SheetCounter {
  readonly counts = emptyCounts();
  /** Name keys by code. A code has one name nearly always: a set is made for the second. */
  readonly #seen = new Map<string, string | Set<string>>();

  /** Adds one distinct row. Marks it when a row before it has its code and name. */
  add(row: HouseholdRow): void {
    const { counts } = this;
    counts.distinctHouseholds++;
    if (row.status === null) counts.needsReview++;
    else counts.byStatus[row.status]++;
    if (row.reasons.includes('class-disagreement')) counts.classDisagreements++;
    if (row.fieldCode === null || row.headNameKey === null) return;
    if (this.#isNew(row.fieldCode, row.headNameKey)) return;
    counts.possibleSameHousehold++;
    row.reasons.push('possible-same-household');
  }

  #isNew(code: string, nameKey: string): boolean {
    const names = this.#seen.get(code);
    if (names === undefined) this.#seen.set(code, nameKey);
    else if (typeof names === 'string') {
      if (names === nameKey) return false;
      this.#seen.set(code, new Set([names, nameKey]));
    } else {
      if (names.has(nameKey)) return false;
      names.add(nameKey);
    }
    return true;
  }

  changed(outcome: keyof ImportChanges): void {
    this.counts.changes[outcome]++;
  }

  /** @throws Error when the rows handed on are not the rows the reader counted */
  finish(account: SheetAccount): SheetReading {
    const { records, ...rows } = account;
    if (records !== this.counts.distinctHouseholds) {
      throw new Error(`${records} rows were read and ${this.counts.distinctHouseholds} counted`);
    }
    return Object.assign(this.counts, rows);
  }
}

/** The file's counts: the sum of its sheets, those without a unit too. */
export function totalCounts(
  sheets: SheetCounts[],
  unresolvedSheets: UnresolvedSheet[],
  skippedSheets: SkippedSheet[],
): ImportCounts {
  const total = emptyCounts();
  for (const sheet of sheets) addCounts(total, sheet);
  return { ...total, unresolvedSheets, skippedSheets, sheets };
}

/**
 * Of the sheets that are written, or would be: the file's counts tell of all sheets, also of those without
 * a unit or of somebody else's.
 */
export const writtenCounts = ({ sheets }: ImportCounts): ImportCounts =>
  totalCounts(
    sheets.filter(({ unitCode }) => unitCode !== null),
    [],
    [],
  );

function addCounts(total: RowCounts, counts: RowCounts): void {
  const sum = total as unknown as Record<string, number | Record<string, number>>;
  for (const [key, value] of Object.entries(counts) as [string, unknown][]) {
    const into = sum[key];
    if (typeof into === 'number') sum[key] = into + (value as number);
    else if (typeof into === 'object') {
      for (const [inner, n] of Object.entries(value as Record<string, number>)) {
        into[inner] = (into[inner] ?? 0) + n;
      }
    }
  }
}

/** The same counts in the order of the contract: JSON kept in the database forgets it. */
export function orderedCounts(counts: ImportCounts): ImportCounts {
  const { unresolvedSheets, skippedSheets, sheets } = counts;
  return {
    ...orderedRow(counts),
    unresolvedSheets,
    skippedSheets,
    sheets: sheets.map((sheet) => {
      const { sheet: name, unitCode, unitValidFrom, unitName } = sheet;
      // An import of an earlier version kept no such list.
      const { unreadColumns = [] } = sheet as Partial<SheetReading>;
      const unit = { unitCode, unitValidFrom, unitName };
      const columns = unreadColumns.map(({ title, rows }) => ({ title, rows }));
      return { sheet: name, ...unit, ...orderedRow(sheet), unreadColumns: columns };
    }),
  };
}

function orderedRow(counts: RowCounts): RowCounts {
  const ordered = emptyCounts();
  addCounts(ordered, counts);
  return ordered;
}
