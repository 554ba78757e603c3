import { stat } from 'node:fs/promises';
import { SheetAccountant } from './account-rows.js';
import { readCsv } from './csv/read-csv.js';
import type { ReadLimits } from './limits.js';
import type { SheetMapping } from './mapping.js';
import { fileProblems } from './problems.js';
import { readHead } from './read-head.js';
import { rawTitles } from './raw-cells.js';
import { sniff } from './sniff.js';
import type { ReadEvent, RowRead } from './staged.js';
import { textBudget } from './text-budget.js';
import type { SheetSource } from './xlsx/read-xlsx.js';
import { readXlsx } from './xlsx/read-xlsx.js';

export interface StageInput {
  path: string;
  /** The name the person gave it: decides the sheet name of a CSV file. */
  fileName: string;
  mapping: SheetMapping;
  limits: ReadLimits;
}

/** Rows handed on at once: a message between threads costs more than a row. */
const BATCH = 100;
/** Characters of their raw values, for rows that are longer than rows are. */
const BATCH_CHARS = 1_000_000;

/**
 * Reads a file from its first byte to its last row, accounting for every row. Runs in the worker; the
 * caller asks for one event after the other, so nothing is read ahead of it. @throws Problem
 */
export async function* stageRows(input: StageInput): AsyncGenerator<ReadEvent> {
  const { path, fileName, mapping, limits } = input;
  const kind = sniff(await readHead(path, fileName, limits), fileName);
  const count = textBudget((await stat(path)).size, limits);
  const sheets = kind === 'xlsx' ? readXlsx(path, limits) : readCsv(path, fileName, limits);
  let tables = 0;
  for await (const sheet of sheets) {
    for await (const event of stageSheet(sheet, mapping, limits, count)) {
      if (event.kind === 'sheet') tables++;
      yield event;
    }
  }
  if (tables === 0) throw fileProblems.noTable();
}

async function* stageSheet(
  sheet: SheetSource,
  mapping: SheetMapping,
  limits: ReadLimits,
  count: ReturnType<typeof textBudget>,
): AsyncGenerator<ReadEvent> {
  const { name } = sheet;
  const accountant = new SheetAccountant(name, mapping, limits.pendingRows);
  let isAnnounced = false;
  let rows: RowRead[] = [];
  let chars = 0;
  for await (const piece of sheet.rows) {
    for (const row of piece) {
      count(name, row);
      for (const staged of accountant.push(row)) {
        rows.push(staged);
        chars += staged.raw.length;
      }
      // Under the first row a header is complete: titles may stand in several rows.
      if (rows.length > 0 && !isAnnounced) {
        isAnnounced = true;
        yield announced(name, accountant);
      }
      if (rows.length < BATCH && chars < BATCH_CHARS) continue;
      yield { kind: 'rows', sheet: name, rows };
      rows = [];
      chars = 0;
    }
  }
  if (accountant.header && !isAnnounced) yield announced(name, accountant);
  if (rows.length > 0) yield { kind: 'rows', sheet: name, rows };
  const account = accountant.end();
  if (account) yield { kind: 'end', sheet: name, account };
  else {
    const seen = accountant.seen;
    yield { kind: 'skipped', sheet: name, rows: seen, reason: seen > 0 ? 'no-table' : 'empty' };
  }
}

const announced = (sheet: string, { header }: SheetAccountant): ReadEvent => ({
  kind: 'sheet',
  sheet,
  titles: rawTitles(header!),
});
