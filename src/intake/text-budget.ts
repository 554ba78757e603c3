import type { SheetRow } from './cell.js';
import type { ReadLimits } from './limits.js';
import { fileProblems } from './problems.js';

/**
 * Counts the characters of a file's cells, before anything is made of them: in a workbook one text may
 * stand in any number of cells, and in a merged cell once for each row, so that few bytes become
 * gigabytes. Held to the ratio that is allowed for a zip.
 * @throws Problem `row-too-long`, `file-bomb`
 */
export function textBudget(
  fileBytes: number,
  limits: ReadLimits,
): (sheet: string, row: SheetRow) => void {
  const { rowChars, zipRatio, zipRatioFromBytes, zipTotalBytes } = limits;
  const most = Math.min(zipTotalBytes, Math.max(zipRatioFromBytes, fileBytes * zipRatio));
  let total = 0;
  return (sheet, { number, cells }) => {
    let chars = 0;
    for (const cell of cells) if (typeof cell === 'string') chars += cell.length;
    if (chars > rowChars) throw fileProblems.rowTooLong(sheet, number, rowChars);
    total += chars;
    if (total > most) throw fileProblems.textBomb(sheet, number, most);
  };
}
