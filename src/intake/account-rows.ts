import { hash } from 'node:crypto';
import { cutText } from '../kernel/index.js';
import type { SheetRow } from './cell.js';
import { isEmptyCell } from './cell.js';
import type { FindHeader, Header } from './header.js';
import { headerFinder, isHeaderAgain, isNumberingRow } from './header.js';
import { DEFAULT_LIMITS } from './limits.js';
import type { SheetMapping } from './mapping.js';
import { fileProblems } from './problems.js';
import type { ReadRecord } from './read-record.js';
import { columnLetters, rawTitles } from './raw-cells.js';
import { recordReader } from './read-record.js';
import type { RowKind, RowRead, SheetAccount, UnreadColumn } from './staged.js';

const STACKED_TITLES = 3;
/** Of a column that is not read no more is told: somebody's notes may stand where a title should. */
const LONG_TITLE = 100;

/** Accounts for the rows of one sheet, in order; blank rows may be left out or given as empty. */
export class SheetAccountant {
  /** The titles, once the header was found. */
  header: Header | null = null;
  /** Rows with any content so far. */
  seen = 0;

  readonly #sheet: string;
  readonly #mapping: SheetMapping;
  readonly #pendingLimit: number;
  readonly #find: FindHeader;
  readonly #findStacked: FindHeader;
  readonly #account: SheetAccount = {
    titleRows: 0,
    headerRows: 0,
    rowsRead: 0,
    repeatedHeaders: 0,
    blankRows: 0,
    footerRows: 0,
    exactDuplicates: 0,
    records: 0,
    unreadColumns: [],
  };
  #read: ((row: SheetRow) => ReadRecord) | null = null;
  #lastNumber = 0;
  #blanks = 0;
  #titles: SheetRow[] = [];
  #pending: ReadRecord[] = [];
  readonly #known = new Set<string>();
  /** Column → distinct rows that have something in it the mapping does not know. */
  readonly #unread = new Map<number, number>();

  constructor(sheet: string, mapping: SheetMapping, pendingLimit = DEFAULT_LIMITS.pendingRows) {
    this.#sheet = sheet;
    this.#mapping = mapping;
    this.#pendingLimit = pendingLimit;
    const finder = headerFinder(mapping);
    this.#find = finder.last;
    this.#findStacked = finder.all;
  }

  /** Rows that can be told of now: those without a readable value wait until a record follows. */
  push(row: SheetRow): RowRead[] {
    this.#blanks += row.number - this.#lastNumber - 1;
    this.#lastNumber = row.number;
    if (row.cells.every(isEmptyCell)) {
      this.#blanks++;
      return [];
    }
    this.seen++;
    if (this.header && this.#read) return this.#afterHeader(row, this.header, this.#read(row));
    this.#beforeHeader(row);
    return [];
  }

  /** After the last row; `null` when there was no header: then `seen` rows were skipped. */
  end(): SheetAccount | null {
    this.#account.footerRows = this.#pending.length;
    if (!this.header) return null;
    return { ...this.#account, unreadColumns: this.#unreadColumns(this.header) };
  }

  #unreadColumns(header: Header): UnreadColumn[] {
    const titles = rawTitles(header);
    return [...this.#unread]
      .sort(([one], [other]) => one - other)
      .map(([column, rows]) => {
        const title = titles[column] ?? columnLetters(column);
        return {
          title: title.length > LONG_TITLE ? `${cutText(title, LONG_TITLE)}…` : title,
          rows,
        };
      });
  }

  #beforeHeader(row: SheetRow): void {
    // A blank row ends a stack of titles.
    if (this.#titles.at(-1)?.number !== row.number - 1) this.#titles = [];
    this.#titles = [...this.#titles, row].slice(-STACKED_TITLES);
    this.header = this.#find(this.#titles);
    if (!this.header) return;
    this.#titles = this.#titles.slice(-this.header.height);
    this.#startTable(this.header);
  }

  /** Titles of a group may name enough columns for a header; those below them name more. */
  #extendHeader(row: SheetRow, header: Header): boolean {
    const isNext = row.number === (this.#titles.at(-1)?.number ?? 0) + 1;
    if (!isNext || header.height >= STACKED_TITLES) return false;
    const titles = [...this.#titles, row];
    const taller = this.#findStacked(titles);
    if (!taller || taller.known <= header.known) return false;
    this.#titles = titles;
    this.header = taller;
    this.#startTable(taller);
    return true;
  }

  #startTable(header: Header): void {
    this.#account.headerRows = header.height;
    this.#account.titleRows = this.seen - header.height;
    this.#read = recordReader(header, this.#mapping);
    this.#blanks = 0;
  }

  #afterHeader(row: SheetRow, header: Header, record: ReadRecord): RowRead[] {
    const isFirst = this.#account.rowsRead === 0 && this.#pending.length === 0;
    if (isFirst && !record.isRecord && this.#extendHeader(row, header)) return [];
    // Titles are no values: a row that reads as a record is no header.
    if (!record.isRecord && isHeaderAgain(header, row))
      return [this.#take(record, 'repeated_header')];
    if (isNumberingRow(row)) {
      if (!isFirst) return [this.#take(record, 'repeated_header')];
      this.#account.headerRows++;
      return [];
    }
    if (!record.isRecord) {
      if (this.#pending.push(record) > this.#pendingLimit) {
        throw fileProblems.unreadableRows(this.#sheet, this.#pendingLimit);
      }
      return [];
    }
    this.#account.blankRows += this.#blanks;
    this.#blanks = 0;
    if (this.#pending.length === 0) return [this.#take(record, 'record')];
    const waited = this.#pending.map((waiting) =>
      this.#take(waiting, waiting.startsLikeNoRecord ? 'not_a_record' : 'record'),
    );
    this.#pending = [];
    return [...waited, this.#take(record, 'record')];
  }

  #take(record: ReadRecord, as: Exclude<RowKind, 'exact_duplicate'>): RowRead {
    const { number, values, unreadable, raw, sameness } = record;
    // A row's hash instead of the row itself: a million rows stay within the worker's memory.
    const key = hash('sha256', sameness, 'binary');
    const kind = as !== 'repeated_header' && this.#known.has(key) ? 'exact_duplicate' : as;
    this.#account.rowsRead++;
    if (kind === 'repeated_header') this.#account.repeatedHeaders++;
    else if (kind === 'exact_duplicate') this.#account.exactDuplicates++;
    else {
      this.#account.records++;
      this.#known.add(key);
      for (const column of record.unread) {
        this.#unread.set(column, (this.#unread.get(column) ?? 0) + 1);
      }
    }
    return { number, kind, values, unreadable, raw };
  }
}
