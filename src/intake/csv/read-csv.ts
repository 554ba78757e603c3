import { createReadStream } from 'node:fs';
import { basename, extname } from 'node:path';
import type { ReadLimits } from '../limits.js';
import type { SheetSource } from '../xlsx/read-xlsx.js';
import { decodeText } from './decode.js';
import { parseCsv } from './parse-csv.js';

/** A CSV file is one sheet, named as the file. @throws Problem */
export async function* readCsv(
  path: string,
  fileName: string,
  limits: ReadLimits,
): AsyncGenerator<SheetSource> {
  const name = basename(fileName, extname(fileName));
  const bytes = createReadStream(path, { highWaterMark: 128 * 1024 });
  yield { name, rows: parseCsv(decodeText(bytes as AsyncIterable<Buffer>), name, limits) };
}
