import { Problem } from '../kernel/index.js';
import { scopeOfProvince } from '../areas/index.js';
import type { OnProgress, Store, Tx } from '../store/index.js';
import { SYSTEM_ACTOR, expectLoad, maintain, runCommand, withActor } from '../store/index.js';
import { createDemoAccounts } from '../access/index.js';
import { allDone } from './all-done.js';
import { engines } from './engine.js';
import { loadBooks } from './load-books.js';
import { prepare, referencesOf } from './prepare.js';
import type { Province } from './skeleton.js';
import { buildProvince } from './skeleton.js';

export interface DemoOptions {
  /** Share of the province's households, 0.005–1. */
  scale?: number;
  seed?: number;
  /** The province of this scale and seed, where it was built before the database was open. */
  province?: Province;
  onProgress?: OnProgress;
}

export interface DemoResult {
  scale: number;
  seed: number;
  villages: number;
  rounds: { round: number; residentHouseholds: number; poor: number; nearPoor: number }[];
}

const COMMAND_NAME = 'demo.make';
const COMMAND_NUMBER = 9_000;

/** What stands in the database: nothing, a demonstration half or wholly made, or a real instance. */
export type DemoState =
  | { kind: 'none' }
  | { kind: 'real' }
  | { kind: 'incomplete' | 'complete'; scale: number; seed: number };

export async function demoState(store: Store): Promise<DemoState> {
  const { rows } = await withActor(store, SYSTEM_ACTOR([]), (tx) => instanceRow(tx), {
    readOnly: true,
  });
  const row = rows[0];
  if (!row) return { kind: 'none' };
  if (row.kind === 'real') return { kind: 'real' };
  const kind = row.is_complete ? 'complete' : 'incomplete';
  return { kind, scale: Number(row.scale), seed: Number(row.seed) };
}

interface InstanceRow {
  kind: 'demo' | 'real';
  seed: string;
  scale: string;
  is_complete: boolean;
}

const instanceRow = (tx: Tx) =>
  tx.query<InstanceRow>(
    `select kind, seed::text, scale::text,
       exists (select from commands where name = $1) as is_complete
     from instance`,
    [COMMAND_NAME],
  );

/**
 * Makes the demonstration province in an empty database; the same seed and scale make the same
 * province. A load that was interrupted is taken up again with the seed and scale it began with.
 * @throws Problem `instance-exists` when there is an instance already, of whatever kind
 */
export async function makeDemo(store: Store, options: DemoOptions = {}): Promise<DemoResult> {
  const onProgress: OnProgress = options.onProgress ?? (() => undefined);
  const state = await demoState(store);
  if (state.kind === 'real' || state.kind === 'complete') throw instanceExists(state.kind);
  onProgress('Đang dựng địa bàn và dân số mô phỏng', 0);
  const province = provinceOf(state, options);
  const commandId = province.idOf(COMMAND_NUMBER);
  if (state.kind === 'none') await prepare(store, province, commandId);
  const load = { commandId, now: store.clock.now().toISOString() };
  const onLoaded: OnProgress = (message, fraction = 0) => {
    onProgress(message, 0.05 + 0.9 * fraction);
  };
  await expectLoad(store);
  // Passwords take their time to be hashed, and need no household.
  await allDone([
    loadBooks(store, province, sharedContext(province), load, onLoaded),
    createDemoAccounts(store),
  ]);
  onProgress('Đang chuẩn bị số liệu để tra cứu nhanh', 0.96);
  await maintain(store);
  const result = resultOf(province);
  await runCommand(
    store,
    {
      actor: SYSTEM_ACTOR([scopeOfProvince(province.pack.provinceCode)]),
      commandId,
      name: COMMAND_NAME,
      permission: 'household:propose',
      input: { scale: province.scale, seed: province.seed, pack: province.packHash },
    },
    () => Promise.resolve(result),
  );
  onProgress('Đã dựng xong tỉnh mô phỏng', 1);
  return result;
}

/** What was begun is ended with its own scale and seed, whatever is asked for now. */
function provinceOf(state: DemoState, { province, ...options }: DemoOptions): Province {
  if (state.kind !== 'incomplete') return province ?? buildProvince(options);
  const { scale, seed } = state;
  return province?.scale === scale && province.seed === seed ? province : buildProvince(state);
}

function sharedContext(province: Province) {
  return {
    ...referencesOf(province),
    classes: province.classes,
    rounds: province.population.rounds,
    engines: engines(province),
    idOf: province.idOf,
  };
}

function resultOf({ scale, seed, plan, targets }: Province): DemoResult {
  return {
    scale,
    seed,
    villages: plan.villages.length,
    rounds: targets.rounds.map(({ round, resident, poor, nearPoor }) => ({
      round,
      residentHouseholds: resident,
      poor,
      nearPoor,
    })),
  };
}

function instanceExists(kind: 'real' | 'complete'): Problem {
  const what =
    kind === 'real'
      ? 'Thư mục dữ liệu này là hệ thống thật, không nhận số liệu mô phỏng.'
      : 'Thư mục dữ liệu này đã có tỉnh mô phỏng.';
  return new Problem('conflict', {
    code: 'instance-exists',
    what,
    why: 'Một hệ thống là thật hay mô phỏng ngay từ khi lập và không đổi được.',
    todo: 'Đặt THONBAN_DATA sang một thư mục trống rồi chạy lại.',
  });
}
