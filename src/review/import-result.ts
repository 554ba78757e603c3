import type { PlainDate, PovertyStatus } from '../kernel/index.js';
import type { UnreadColumn } from '../intake/index.js';
import type { Field } from './field-export.js';

/** What a commit did, or would do, to the households of the round. */
export interface ImportChanges {
  created: number;
  updated: number;
  unchanged: number;
  /** The household has a recognised status and the file says something else: not written. */
  conflicting: number;
}

export type ComputedStatus = 'poor' | 'near_poor' | 'not_poor' | 'not_computable';

/**
 * The accounting of one sheet, or of a file. Always true:
 * `rowsRead = repeatedHeaders + exactDuplicates + distinctHouseholds` and
 * `distinctHouseholds = Σ byStatus + needsReview`.
 */
export interface RowCounts {
  titleRows: number;
  headerRows: number;
  rowsRead: number;
  repeatedHeaders: number;
  blankRows: number;
  footerRows: number;
  exactDuplicates: number;
  /** Further rows with the code and the name of a row before them, and other values. */
  possibleSameHousehold: number;
  distinctHouseholds: number;
  needsReview: number;
  byStatus: Record<ComputedStatus, number>;
  /** Computable rows whose class in the file differs from the recomputed one. */
  classDisagreements: number;
  changes: ImportChanges;
}

/** What reading a sheet told, whichever unit it is of. */
export interface SheetReading extends RowCounts {
  /** Columns the form does not know: what they say stays in the raw rows. */
  unreadColumns: UnreadColumn[];
}

export interface SheetCounts extends SheetReading {
  sheet: string;
  /** Code of the unit the rows belong to on the round's reference date; `null` = unresolved. */
  unitCode: string | null;
  unitValidFrom: PlainDate | null;
  unitName: string | null;
}

export interface UnresolvedSheet {
  sheet: string;
  reason: 'unknown-name' | 'several-units' | 'no-longer-in-force' | 'out-of-scope';
  /** One sentence for a person. */
  what: string;
  candidates: { code: string; validFrom: PlainDate; name: string; within: string | null }[];
}

export interface SkippedSheet {
  sheet: string;
  rows: number;
  reason: 'no-table' | 'empty';
}

export interface ImportCounts extends RowCounts {
  unresolvedSheets: UnresolvedSheet[];
  /** Sheets in which no header of the form was found (instructions, empty sheets). */
  skippedSheets: SkippedSheet[];
  sheets: SheetCounts[];
}

export interface ImportResult extends ImportCounts {
  importId: string;
  state: 'previewed' | 'committed' | 'voided';
  fileName: string;
  round: number;
  standard: string;
  /** The same file was committed before: this is the stored result and nothing was done. */
  alreadyImported: boolean;
}

/** A line of the list of imports. */
export interface ImportSummary extends ImportResult {
  actorId: string;
  createdAt: Date;
  committedAt: Date | null;
  voidedAt: Date | null;
  voidReason: string | null;
}

/** One row that needs a person, beside its raw value. */
export interface ImportRow {
  sheet: string;
  rowNumber: number;
  outcome: string;
  /** Codes, see `REASON_SENTENCES` for what to tell a person. */
  reasons: string[];
  /** Title of the column → what the cell said, in the order of the file; empty cells are left out. */
  raw: Record<string, string | number | boolean | null>;
  /** The same by field, for the columns the form knows. */
  cells: Partial<Record<Field, string>>;
  householdId: string | null;
  fieldStatus: PovertyStatus | null;
  proposedStatus: PovertyStatus | null;
}

export interface ImportRowPage {
  rows: ImportRow[];
  page: number;
  pageSize: number;
  total: number;
  /** Each row counted under its first reason: sums to the number of rows that need a person. */
  byReason: Record<string, number>;
}

/** The rows that share their first reason. */
export interface ImportRowGroup {
  reason: string;
  total: number;
  /** The first of them. */
  rows: ImportRow[];
}
