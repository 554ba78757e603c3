import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestStore } from '../../test/support/database.js';
import { day } from '../kernel/index.js';
import { SYSTEM_ACTOR, withActor } from '../store/index.js';
import type { Tx } from '../store/index.js';
import type { NewPlace, UnitKey } from './index.js';
import {
  addPlace,
  addPlaces,
  addPlaceUnit,
  areaBridge,
  areaRegister,
  installUnits,
  namesakeWords,
  placeTimeline,
  placeUnitsAt,
  scopeOfProvince,
  scopeOfUnit,
  unknownPlaceId,
  unknownPlaceOf,
} from './index.js';

const register = areaRegister();
const unit = (code: string, validFrom = '2020-01-01'): UnitKey => ({
  code,
  validFrom: day(validFrom),
});

let store: TestStore;
const act = <T>(work: (tx: Tx) => Promise<T>) =>
  withActor(store, SYSTEM_ACTOR([scopeOfProvince('20')]), work);

function village(name: string, start: UnitKey, goesTo?: UnitKey): NewPlace {
  const stays = placeTimeline(register, start, start.validFrom, () => goesTo ?? null);
  return { provinceCode: '20', kind: 'village', name, isSimulated: true, stays };
}

beforeAll(async () => {
  store = await testStore();
  await act((tx) => installUnits(tx));
});
afterAll(() => store.close());

test('units are installed whole, and only once', async () => {
  expect(await act((tx) => installUnits(tx))).toEqual({ units: 0, edges: 0 });
  const { rows } = await act((tx) =>
    tx.query<{ level: string; n: number }>(
      'select level, count(*)::integer n from units group by 1 order by 1',
    ),
  );
  expect(rows).toEqual([
    { level: 'commune', n: 266 },
    { level: 'district', n: 11 },
    { level: 'province', n: 34 },
  ]);
});

describe('places', () => {
  const scopesOf = (placeId: string) =>
    act(async (tx) => {
      const { rows } = await tx.query<{ scope_key: string }>(
        'select scope_key from place_scopes where place_id = $1',
        [placeId],
      );
      return rows.map((row) => row.scope_key).sort();
    });

  test('are seen from the province, each unit they ever lay in, the old district and themselves', async () => {
    const id = await act((tx) => addPlace(tx, village('Thôn Mẫu 01', unit('06004'))));
    expect(await scopesOf(id)).toEqual(
      ['p:20', 'u:06004@2020-01-01', 'u:06004@2025-07-01', 'u:180@2020-01-01', `v:${id}`].sort(),
    );
  });

  test('of a split commune are seen from both successors', async () => {
    const id = await act((tx) => addPlace(tx, village('Thôn Mẫu 02', unit('06622'))));
    const scopes = await scopesOf(id);
    expect(scopes).toContain(scopeOfUnit('06613', day('2025-07-01')));
    expect(scopes).toContain(scopeOfUnit('06625', day('2025-07-01')));
  });

  test('a second certain unit on the same day is refused and nothing is written', async () => {
    const id = await act((tx) => addPlace(tx, village('Thôn Mẫu 03', unit('06004', '2025-07-01'))));
    const stay = { unit: unit('06001', '2025-07-01'), validFrom: day('2026-01-01'), validTo: null };
    await expect(
      act((tx) => addPlaceUnit(tx, id, { ...stay, isCertain: true })),
    ).rejects.toMatchObject({ code: 'place-in-two-units' });
    expect(await scopesOf(id)).not.toContain('u:06001@2025-07-01');
  });

  test('"village unknown" is one place for each unit, also for two at once', async () => {
    const key = unit('06625');
    const [a, b] = await Promise.all([
      act((tx) => unknownPlaceOf(tx, key)),
      act((tx) => unknownPlaceOf(tx, key)),
    ]);
    expect(a).toBe(b);
    expect(a).toBe(unknownPlaceId(key));
    await expect(act((tx) => unknownPlaceOf(tx, unit('180')))).rejects.toMatchObject({
      code: 'unit-unknown',
    });
  });
});

test('villages of one name in one commune are told apart by where they came from, else by code', async () => {
  const into = unit('06625', '2025-07-01');
  const [a, b, c, d, e, far] = await act((tx) =>
    addPlaces(tx, [
      village('Bản Mới', unit('06625'), into),
      village('bản mới', unit('06622'), into),
      village('Bản Kia', unit('06622'), into),
      village('Thôn Đầu', into),
      village('Thôn Đầu', into),
      village('Bản Mới', unit('06004', '2025-07-01')),
    ]),
  );
  const words = async (on: string, ...ids: (string | undefined)[]) =>
    Object.fromEntries(
      await act((tx) =>
        namesakeWords(
          tx,
          ids.map((id) => id!),
          day(on),
        ),
      ),
    );
  expect(await words('2025-12-31', a, c, far)).toEqual({
    [a!]: 'xã Kiên Mộc cũ',
    [b!]: 'xã Bính Xá cũ',
  });
  expect(await words('2025-06-30', a, b)).toEqual({});
  expect(await words('2025-12-31', e)).toEqual({
    [d!]: `mã …${d!.slice(-6)}`,
    [e!]: `mã …${e!.slice(-6)}`,
  });
  expect(await words('2025-12-31')).toEqual({});
});

describe('roll-up', () => {
  const unitAt = (placeId: string, date: string) =>
    act(async (tx) => {
      const { rows } = await tx.query<{ unit_code: string | null }>(
        `select u.unit_code from ${placeUnitsAt('$2::date')} u where u.place_id = $1`,
        [placeId, date],
      );
      return rows[0]?.unit_code;
    });

  test('as it was, as it is, and undecided', async () => {
    const id = await act((tx) => addPlace(tx, village('Thôn Mẫu 04', unit('06622'))));
    expect(await unitAt(id, '2019-12-31')).toBeUndefined();
    expect(await unitAt(id, '2025-06-30')).toBe('06622');
    expect(await unitAt(id, '2025-07-01')).toBeNull();
  });

  test('the bridge between two dates loses no row', async () => {
    const ids = await act((tx) =>
      addPlaces(tx, [
        village('A', unit('06625'), unit('06625', '2025-07-01')),
        village('B', unit('06625'), unit('06637', '2025-07-01')),
        village('C', unit('06622')),
        village('D', unit('06607', '2025-07-01')),
      ]),
    );
    const counts = [3, 2, 4, 1];
    const rows = ids.flatMap((id, i) => Array.from({ length: counts[i]! }, () => id));
    const lines = await act((tx) =>
      areaBridge(
        tx,
        day('2024-12-31'),
        day('2025-12-31'),
        'select place_id, status from unnest($3::uuid[], $4::text[]) as h (place_id, status)',
        [rows, rows.map((_, at) => ['poor', 'near_poor', 'not_poor'][at % 3])],
      ),
    );
    const flat = lines.map((l) => [
      ...[l.was?.code ?? null, l.is?.code ?? null],
      ...[l.places, l.households, l.poor, l.nearPoor],
    ]);
    expect(flat).toEqual([
      ['06622', null, 1, 4, 1, 1],
      ['06625', '06625', 1, 3, 1, 1],
      ['06625', '06637', 1, 2, 1, 1],
      [null, '06607', 1, 1, 1, 0],
    ]);
    expect(lines.reduce((sum, line) => sum + line.households, 0)).toBe(rows.length);
  });
});
