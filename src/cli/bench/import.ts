import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { scopeOfProvince } from '../../areas/index.js';
import { newId } from '../../kernel/index.js';
import type { ImportResult } from '../../review/index.js';
import { importReview } from '../../review/index.js';
import type { Store } from '../../store/index.js';
import { SYSTEM_ACTOR } from '../../store/index.js';
import { initInstance } from '../commands/init.js';
import type { BenchFigure } from './bench-figure.js';
import { median, rounded } from './bench-figure.js';
import type { BenchInstances } from './bench-instances.js';

const PROVINCE = '20';
const UNIT = '06004';
/** Each run its own round, so that every row is new. */
const ROUNDS = [2025, 2024, 2023];

/**
 * One CSV of the field's 11 columns through the whole importer, from opening the file to the commit,
 * into an empty instance: read in the worker, accounted, classified, written with raw rows and audit.
 */
export async function benchImport(instances: BenchInstances, rows: number): Promise<BenchFigure[]> {
  const tenth = await rowsPerSecond(instances, rows / 10);
  const value = await rowsPerSecond(instances, rows);
  const note = `open to commit, ${ROUNDS.length} runs; ${rows / 10} rows run at ${tenth} rows/s`;
  return [{ name: 'import-csv', value, unit: 'rows/s', rows, note }];
}

async function rowsPerSecond(instances: BenchInstances, rows: number): Promise<number> {
  const dataDir = instances.emptyDirectory();
  const store = await instances.open(dataDir);
  try {
    await initInstance(store, PROVINCE);
    const file = path.join(dataDir, 'bench.csv');
    writeFileSync(file, csvOf(rows));
    const seconds: number[] = [];
    for (const round of ROUNDS) seconds.push(await secondsOf(store, file, round, rows));
    return rounded(rows / median(seconds));
  } finally {
    await store.close();
  }
}

async function secondsOf(store: Store, file: string, round: number, rows: number): Promise<number> {
  const begun = performance.now();
  const result = await importReview(store, {
    actor: SYSTEM_ACTOR([scopeOfProvince(PROVINCE)]),
    commandId: newId(),
    file,
    fileName: path.basename(file),
    round,
    area: UNIT,
    dryRun: false,
  });
  const seconds = (performance.now() - begun) / 1000;
  requireAll(result, rows);
  return seconds;
}

/** A fast importer that skips rows is no fast importer. */
function requireAll({ changes, rowsRead, distinctHouseholds }: ImportResult, rows: number): void {
  if (rowsRead === rows && distinctHouseholds === rows && changes.created === rows) return;
  throw new Error(`${rowsRead} rows read, ${changes.created} households made of ${rows}`);
}

const TITLES = [
  ...['date', 'family.hostName', 'family.code', 'family.coDanTocTaiCho', 'family.hostGender'],
  ...['family.numberOfMembers', 'quickReview.result', 'b1Point', 'b2Point', 'classify', 'reviewer'],
];
const FAMILY = ['Hoàng', 'Nông', 'Lương', 'Vi', 'Triệu'];
const GIVEN = ['An', 'Bình', 'Đào', 'Hoà', 'Quý', 'Thuỷ', 'Yến'];

/** Every row is a household of its own; one in ten is poor or near-poor. */
function csvOf(rows: number): string {
  const lines = [TITLES.join(',')];
  for (let i = 0; i < rows; i++) {
    const isBelow = i % 10 === 0;
    const b2 = (i % 7) * 10;
    const status = isBelow ? (b2 >= 30 ? 'Hộ nghèo' : 'Hộ cận nghèo') : 'Không nghèo';
    lines.push(
      [
        `${1 + (i % 28)}/10/2025`,
        `${FAMILY[i % 5]} Văn ${GIVEN[i % 7]} ${i}`,
        i + 1,
        i % 3 === 0 ? 'Có' : 'Không',
        i % 4 === 0 ? 'Nữ' : 'Nam',
        1 + (i % 8),
        isBelow ? 'Không đạt' : 'Đạt',
        isBelow ? `"${80 + (i % 50)},5"` : 180 + (i % 100),
        b2,
        status,
        'Nông Thị Mẫu',
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
