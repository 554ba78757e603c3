import type { SheetRow } from '../cell.js';
import type { ReadLimits } from '../limits.js';
import { readDownwardMerges } from './merged-ranges.js';
import type { InspectedZip } from './open-zip.js';
import { asFileProblem, openZip } from './open-zip.js';
import { readSheet } from './read-sheet.js';
import { readSharedStrings } from './shared-strings.js';
import { readDateStyles } from './styles.js';
import { readWorkbook } from './workbook.js';

/** One sheet of a file. Its rows must be read to the end before the next sheet is asked for. */
export interface SheetSource {
  name: string;
  rows: AsyncIterable<readonly SheetRow[]>;
}

/** The worksheets of a workbook in the order of their tabs. @throws Problem */
export async function* readXlsx(
  source: string | Uint8Array,
  limits: ReadLimits,
): AsyncGenerator<SheetSource> {
  const zip = await openZip(source, limits);
  try {
    const parts = await readWorkbook(zip, limits);
    const strings = await readSharedStrings(zip, parts.sharedStrings, limits);
    const isDateStyle = await readDateStyles(zip, parts.styles);
    const cells = { count: 0 };
    for (const { name, part } of parts.sheets) {
      const common = { name, strings, isDateStyle, is1904: parts.is1904, limits, cells };
      yield { name, rows: rowsOf(zip, part, common) };
    }
  } catch (error) {
    throw asFileProblem(error);
  } finally {
    zip.close();
  }
}

async function* rowsOf(
  zip: InspectedZip,
  part: string,
  common: Omit<Parameters<typeof readSheet>[1], 'merges'>,
): AsyncGenerator<SheetRow[]> {
  try {
    const merges = await readDownwardMerges(await zip.open(part));
    yield* readSheet(await zip.open(part), { ...common, merges });
  } catch (error) {
    throw asFileProblem(error);
  }
}
