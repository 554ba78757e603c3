import { readFileSync } from 'node:fs';
import { newId } from '../../../src/kernel/index.js';
import { importReview, undoImport } from '../../../src/review/index.js';
import type { Actor, Store } from '../../../src/store/index.js';
import type { TestCell } from '../../support/workbook.js';
import { writeExport } from '../../support/workbook.js';
import type { ImportIs } from '../oracle.js';
import type { PlaceName, ScopeName, UnitName } from './description.js';
import { UNITS } from './description.js';
import type { Owner, Tokens } from './tokens.js';
import type { WorldRecord } from './world.js';

/** A file of the world: whose sheets, who read it and what became of it. */
interface FileIs {
  name: string;
  maker: string;
  reach: readonly ScopeName[];
  round: number;
  /** The unit of a sheet and the place its rows get; `open` = its name says no unit. */
  sheets: readonly (readonly [UnitName | 'open' | 'foreign', PlaceName])[];
  state: 'previewed' | 'committed' | 'voided';
}

const FILES: readonly FileIs[] = [
  {
    ...{ name: 'of two communes', maker: 'province_officer over pA', reach: ['pA'], round: 2025 },
    sheets: [
      ['N1', 'u1'],
      ['N2', 'u2'],
    ],
    state: 'committed',
  },
  {
    ...{ name: 'of two communes, read only', maker: 'province_officer over pA', reach: ['pA'] },
    round: 2025,
    sheets: [
      ['N1', 'u1'],
      ['N2', 'u2'],
    ],
    state: 'previewed',
  },
  {
    ...{ name: 'of N1 with an open sheet', maker: 'commune_officer over N1', reach: ['N1'] },
    round: 2025,
    sheets: [
      ['N1', 'u1'],
      ['open', 'uP'],
    ],
    state: 'previewed',
  },
  {
    ...{ name: 'of N1 with a sheet of N2', maker: 'commune_officer over N1', reach: ['N1'] },
    round: 2025,
    sheets: [
      ['N1', 'u1'],
      ['foreign', 'uP'],
    ],
    state: 'committed',
  },
  {
    ...{ name: 'of N2, taken back', maker: 'commune_officer over N2', reach: ['N2'], round: 2025 },
    sheets: [['N2', 'u2']],
    state: 'voided',
  },
  {
    ...{ name: 'of N1, its reader moved away', maker: 'moved from N1 to N2', reach: ['N1'] },
    round: 2025,
    sheets: [['N1', 'u1']],
    state: 'previewed',
  },
  {
    ...{ name: 'of O1, in its boundaries', maker: 'province_officer over pA', reach: ['pA'] },
    round: 2024,
    sheets: [['O1', 'uO']],
    state: 'committed',
  },
  {
    ...{ name: 'of nobody yet', maker: 'commune_officer over N3', reach: ['N3'], round: 2025 },
    sheets: [['open', 'uP']],
    state: 'previewed',
  },
  {
    ...{ name: 'of N2, its reader has no role', maker: 'role ended yesterday', reach: ['pA'] },
    round: 2025,
    sheets: [['N2', 'u2']],
    state: 'previewed',
  },
];

/** A person as they were when they read the file. */
export type MakerOf = (maker: string, reach: readonly ScopeName[]) => Actor;

/** Reads, writes and takes back the files through the doors of the review room, as people do. */
export async function addWorldImports(
  store: Store,
  tokens: Tokens,
  makerOf: MakerOf,
): Promise<WorldRecord[]> {
  const records: WorldRecord[] = [];
  for (const is of FILES) records.push(await addImport(store, tokens, makerOf, is));
  return records;
}

async function addImport(
  store: Store,
  tokens: Tokens,
  makerOf: MakerOf,
  is: FileIs,
): Promise<WorldRecord> {
  const units = is.sheets.flatMap(([unit]) => (unit in UNITS ? [unit as UnitName] : []));
  const hasOpenSheets = units.length < is.sheets.length;
  const isPreview = is.state === 'previewed';
  const file: ImportIs = { province: 'pA', units, hasOpenSheets, reach: is.reach, isPreview };
  const actor = makerOf(is.maker, is.reach);
  const sheetUnits: Record<string, string> = {};
  const sheets = is.sheets.map(([unit, place]): Parameters<typeof writeExport>[number] => {
    const at = isPreview ? [] : [place];
    const owner: Owner = unit in UNITS ? { file, sheetOf: unit as UnitName, at } : { file, at };
    const name = tokens.word('sheet', owner);
    if (unit !== 'open') sheetUnits[name] = UNITS[unit === 'foreign' ? 'N2' : unit].code;
    return [name, rowsOf(tokens, place)];
  });
  const fileName = `${tokens.word('file', { file })}.xlsx`;
  const path = await writeExport(...sheets);
  const { importId } = await importReview(store, {
    ...{
      actor,
      commandId: newId(),
      file: readFileSync(path),
      fileName,
      round: is.round,
      sheetUnits,
    },
    dryRun: isPreview,
  });
  const shows = [fileName.replace('.xlsx', '')];
  if (is.state === 'voided') {
    const reason = tokens.word('void-reason', { partOf: file });
    await undoImport(store, { actor, commandId: newId(), importId, reason });
    shows.push(reason);
  }
  const name = `import ${is.name}`;
  const places = is.sheets.map(([, place]) => place);
  tokens.id(importId, name, { partOf: file, at: isPreview ? [] : places });
  const { state } = is;
  const sheet = sheets.at(-1)![0];
  const unitsOfSheets = is.sheets.map(([unit]) => unit);
  return {
    kind: 'import',
    name,
    id: importId,
    places,
    file,
    state,
    shows,
    sheet,
    sheetUnits: unitsOfSheets,
    word: shows[0]!,
  };
}

/** Two good rows, and one that needs a person (and so is shown beside its raw cells). */
function rowsOf(tokens: Tokens, place: PlaceName): Partial<Record<string, TestCell>>[] {
  const row = (more: Partial<Record<string, TestCell>> = {}) => ({
    code: tokens.word('code', { places: [place] }),
    name: `Lý ${tokens.word('head', { places: [place] })}`,
    reviewer: `Ma ${tokens.word('reviewer', { places: [place] })}`,
    ...more,
  });
  return [row(), row({ b1: 141 }), row({ b1: null, status: 'Hộ cận nghèo' })];
}
