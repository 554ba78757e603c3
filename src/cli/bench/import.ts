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
const ROUND = 2024;
const RUNS = 3;

/**
 * One CSV of the field's 11 columns through the whole importer, from opening the file to the commit,
 * into an empty instance: read in the worker, accounted, classified, written with raw rows and audit.
 * Then the same file a round later, when every household is known and goes on.
 */
export async function benchImport(instances: BenchInstances, rows: number): Promise<BenchFigure[]> {
  const tenth = await secondsOfRuns(instances, rows / 10, [ROUND]);
  const whole = await secondsOfRuns(instances, rows, [ROUND, ROUND + 1]);
  const speed = (seconds: number[] | undefined, of = rows) => rounded(of / median(seconds!));
  const open = `open to commit, ${RUNS} runs`;
  const note = `${open}, an empty instance each; ${rows / 10} rows run at ${speed(tenth[0], rows / 10)} rows/s`;
  const next = `${open}, every household known from the round before`;
  return [
    { name: 'import-csv', value: speed(whole[0]), unit: 'rows/s', rows, note },
    { name: 'import-csv-next-round', value: speed(whole[1]), unit: 'rows/s', rows, note: next },
  ];
}

/** Seconds of each run, by the place of the round in `rounds`; each run has an instance of its own. */
async function secondsOfRuns(
  instances: BenchInstances,
  rows: number,
  rounds: readonly number[],
): Promise<number[][]> {
  const seconds: number[][] = rounds.map(() => []);
  for (let run = 0; run < RUNS; run++) {
    const dataDir = instances.emptyDirectory();
    const store = await instances.open(dataDir);
    try {
      await initInstance(store, PROVINCE);
      const file = path.join(dataDir, 'bench.csv');
      writeFileSync(file, csvOf(rows));
      for (const [i, round] of rounds.entries()) {
        seconds[i]!.push(await secondsOf(store, file, round, rows));
      }
    } finally {
      await store.close();
    }
  }
  return seconds;
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
