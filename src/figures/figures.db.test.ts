import { describe, expect, it } from 'vitest';
import { testStore } from '../../test/support/database.js';
import type { TestRow } from '../../test/support/review-fixture.js';
import { ReviewFixture } from '../../test/support/review-fixture.js';
import { areaRegister } from '../areas/index.js';
import type { PlainDate } from '../kernel/index.js';
import { Problem } from '../kernel/index.js';
import {
  basisOfRef,
  boundaryBridge,
  breakdown,
  bridge,
  figure,
  form,
  publicBoundaryBridge,
  publicFigure,
  rowsBehind,
  series,
} from './index.js';

const PS22 = 'PS-2022';
/** Quốc Khánh: 06004 is one commune before 2025 and a merger of several after. */
const OLD = '06004';

async function fixture(rounds: readonly [number, string][] = [[2024, PS22]]) {
  const made = new ReviewFixture(await testStore());
  await made.begin(rounds.map(([round, standardId]) => ({ round, standardId })));
  return made;
}

const rows = (
  count: number,
  row: Omit<TestRow, 'household'>,
  name = String(row.proposed),
): TestRow[] =>
  Array.from({ length: count }, (_, at) => ({ ...row, household: `${row.placeId}${name}${at}` }));

describe('what a figure counts', () => {
  it('a unit without rows and without a decision makes the total null, not smaller', async () => {
    const made = await fixture();
    const placeId = await made.village(OLD, '2024-12-31');
    await made.write(rows(10, { placeId, round: 2024, proposed: 'poor' }));
    const whole = await figure(made.store, { code: 'poverty-rate', area: '20', round: 2024 });
    expect(whole).toMatchObject({ value: null, numerator: null, status: 'provisional' });
    expect(whole.coverage).toEqual({ units: 194, unitsWithRows: 1, unitsDecided: 0 });
    expect(whole.missing[0]).toMatch(/^193 trên 194 đơn vị chưa có dữ liệu/);
    expect(whole.partial).toMatchObject({ numerator: 10, denominator: 10 });
    const shown = await publicFigure(made.store, { code: 'poverty-rate', area: '20', round: 2024 });
    expect(shown).not.toHaveProperty('partial');
    const result = await form(made.store, { form: 1, round: 2024, area: '20' });
    expect(result.rows[0]!.cells['3']).toBeNull();
    expect(result.rows.find((row) => row.unitCode === OLD)!.cells['3']).toBe(10);
    expect(result.identities.filter(({ ok }) => ok === false)).toEqual([]);
  });

  it('counts proposals and says so, until the unit is decided; then only what is decided', async () => {
    const made = await fixture();
    const placeId = await made.village(OLD, '2024-12-31');
    const query = { code: 'poverty-rate', area: OLD, round: 2024 };
    const base = { placeId, round: 2024 };
    await made.write([
      ...rows(6, { ...base, proposed: 'poor', recognised: 'near_poor' }),
      ...rows(18, { ...base, proposed: 'not_poor', recognised: 'not_poor' }),
      ...rows(1, { ...base, proposed: 'not_computable', recognised: 'poor' }),
    ]);
    expect(await figure(made.store, query)).toMatchObject({
      value: '24.00',
      numerator: 6,
      denominator: 25,
      status: 'provisional',
      notComputable: 1,
      source: { countedStatus: 'proposed_status' },
    });
    await made.decide(2024, OLD);
    await made.write(rows(2, { ...base, proposed: 'poor' }, 'late'));
    expect(await figure(made.store, query)).toMatchObject({
      value: '4.00',
      numerator: 1,
      denominator: 25,
      status: 'recognised',
      pending: 2,
      notComputable: 0,
      source: { countedStatus: 'recognised_status' },
    });
  });

  it('one undecided unit makes the whole area count proposals: statuses are never added up', async () => {
    const made = await fixture();
    // Two communes of 2024 lie in one commune of today.
    const today = '2025-07-01' as PlainDate;
    const one = await made.village('06004', '2024-12-31');
    const register = areaRegister();
    const now = register.successorsOf(register.unitOn('06004', '2024-12-31' as PlainDate)!, today);
    const target = now[0]!.unit;
    const others = register
      .communesOf('20', '2024-12-31' as PlainDate)
      .filter((unit) => register.successorsOf(unit, today)[0]?.unit.code === target.code);
    expect(others.length).toBeGreaterThan(1);
    const second = others.find((unit) => unit.code !== '06004')!;
    const two = await made.village(second.code, '2024-12-31');
    for (const unit of others) if (unit.code !== second.code) await made.decide(2024, unit.code);
    await made.write([
      ...rows(5, { placeId: one, round: 2024, proposed: 'not_poor', recognised: 'poor' }),
      ...rows(5, { placeId: two, round: 2024, proposed: 'near_poor' }),
    ]);
    const query = { code: 'poverty-rate', area: target.code, round: 2024, boundaries: today };
    expect(await figure(made.store, query)).toMatchObject({ numerator: 0, status: 'provisional' });
    await made.decide(2024, second.code);
    expect(await figure(made.store, query)).toMatchObject({
      numerator: 5,
      denominator: 5,
      pending: 5,
      status: 'recognised',
    });
  });

  it('leaves out ended rows, and can tell what was known before the correction', async () => {
    const made = await fixture();
    const placeId = await made.village(OLD, '2024-12-31');
    const wrong = { household: 'h', placeId, round: 2024, proposed: 'poor' as const };
    const [rowId] = await made.write([wrong], '2025-01-01T00:00:00Z');
    await made.write([{ ...wrong, proposed: 'not_poor' }], '2025-02-01T00:00:00Z');
    await made.end(wrong, rowId!, '2025-02-01T00:00:00Z');
    const query = { code: 'poor-households', area: OLD, round: 2024 };
    expect((await figure(made.store, query)).value).toBe(0);
    const january = new Date('2025-01-15T00:00:00Z');
    const then = await figure(made.store, { ...query, knownAt: january });
    expect(then).toMatchObject({ value: 1, knownAt: '2025-01-15T00:00:00.000Z' });
    const all = await figure(made.store, { ...query, code: 'resident-households' });
    expect(all.value).toBe(1);
  });

  it('knows its words: unknown codes, rounds and areas are sentences', async () => {
    const made = await fixture();
    const ask = (change: object) =>
      figure(made.store, { code: 'poverty-rate', area: '20', round: 2024, ...change }).catch(
        (error: unknown) => (error instanceof Problem ? error.code : error),
      );
    expect(await ask({ code: 'toString' })).toBe('indicator-unknown');
    expect(await ask({ round: 1999 })).toBe('round-missing');
    expect(await ask({ area: '00001' })).toBe('area-unknown');
    expect(await ask({ area: '24' })).toBe('area-unknown');
    // A code that exists, but not on that day.
    expect(await ask({ area: '05995', boundaries: '2025-07-01' })).toBe('area-unknown');
    const by = breakdown(made.store, {
      code: 'poverty-rate-change',
      area: '20',
      round: 2024,
      by: 'sex',
    });
    await expect(by).rejects.toMatchObject({ code: 'grouping-unknown' });
  });
});

describe('places and boundaries', () => {
  it('a place with two possible successors stands in the province and in no commune', async () => {
    const made = await fixture([
      [2023, PS22],
      [2024, PS22],
    ]);
    // 06040 was divided on 2024-12-01; a village that is not assigned may lie in either part.
    const placeId = await made.village('06040', '2023-12-31');
    await made.write(rows(7, { placeId, round: 2023, proposed: 'poor' }));
    const asWas = await form(made.store, { form: 1, round: 2023, area: '20' });
    expect(asWas.rows.find((row) => row.unitCode === '06040')!.cells['3']).toBe(7);
    expect(asWas.rows.some((row) => row.level === 'uncertain')).toBe(false);
    const asIs = await form(made.store, {
      form: 1,
      round: 2023,
      area: '20',
      boundaries: '2024-12-31' as PlainDate,
    });
    const last = asIs.rows.at(-1)!;
    expect(last).toMatchObject({ level: 'uncertain', unitCode: null });
    expect(last.cells['3']).toBe(7);
    const ref = { form: 1 as const, round: 2023, boundaries: asIs.boundaries, measure: null };
    const open = (unitCode: string | null) =>
      made.read(['p:20'], (tx) =>
        rowsBehind(tx, { ...ref, unitCode, column: 3 }, { basis: 'proposed', basisBefore: null }),
      );
    expect([(await open(null)).length, (await open('20')).length]).toEqual([7, 7]);
    // 180 was the district of 06040; an unassigned village is in none of its communes.
    expect((await open('180')).length).toBe(0);
    const inUnits = asIs.rows.filter((row) => row.level === 'commune' && row.cells['3'] === 7);
    expect(inUnits).toEqual([]);
  });
});

describe('the bridge between boundaries', () => {
  const TODAY = '2025-07-01' as PlainDate;
  const register = areaRegister();
  const before = '2024-12-31' as PlainDate;
  const target = register.successorsOf(register.unitOn(OLD, before)!, TODAY)[0]!.unit;
  const parts = register
    .communesOf('20', before)
    .filter((unit) => register.successorsOf(unit, TODAY)[0]?.unit.code === target.code);
  const query = { area: target.code, round: 2024, boundaries: TODAY };
  const codesOf = (bridge: { lines: readonly { was: { code: string } | null }[] }) =>
    bridge.lines.map((line) => line.was?.code);

  it('adds the old units up to the new one, to the last household; lacking units make no total', async () => {
    const made = await fixture();
    expect(parts.length).toBeGreaterThan(1);
    const expected = new Map<string, number[]>();
    for (const [at, unit] of parts.slice(1).entries()) {
      const placeId = await made.village(unit.code, before);
      const [poor, near, rest] = [6 + at, 7 + at, 30 + at];
      const base = { placeId, round: 2024 };
      await made.write([
        ...rows(poor, { ...base, proposed: 'poor' }),
        ...rows(near, { ...base, proposed: 'near_poor' }),
        ...rows(rest, { ...base, proposed: 'not_poor' }),
      ]);
      expected.set(unit.code, [1, poor + near + rest, poor, near]);
    }
    const lacking = parts[0]!.code;
    const half = await boundaryBridge(made.store, query);
    expect(half.total).toMatchObject({ places: parts.length - 1, households: null, poor: null });
    expect(half.lines.find((line) => line.was?.code === lacking)?.households).toBeNull();
    await made.decide(2024, lacking);
    const whole = await boundaryBridge(made.store, query);
    expect(codesOf(whole)).toEqual([...expected.keys()].sort());
    for (const { was, places, households, poor, nearPoor } of whole.lines) {
      expect([places, households, poor, nearPoor]).toEqual(expected.get(was!.code));
    }
    const asIs = { code: 'poor-households', ...query };
    expect(whole.total.poor).toBe((await figure(made.store, asIs)).value);
    const all = await figure(made.store, { ...asIs, code: 'resident-households' });
    expect(whole.total.households).toBe(all.value);
    expect(await publicBoundaryBridge(made.store, query)).toEqual(whole);
  });

  it('hides a small part from the public, and what it would follow from', async () => {
    const made = await fixture();
    for (const [at, unit] of parts.entries()) {
      const base = { placeId: await made.village(unit.code, before), round: 2024 };
      await made.write([
        ...rows(at === 0 ? 2 : 9, { ...base, proposed: 'poor' }),
        ...rows(30, { ...base, proposed: 'not_poor' }),
      ]);
    }
    const shown = await publicBoundaryBridge(made.store, query);
    const small = shown.lines.find((line) => line.was?.code === parts[0]!.code)!;
    expect(small).toMatchObject({ households: 32, poor: null, suppressed: ['poor'] });
    const hidden = [...shown.lines, shown.total].filter((line) => line.poor === null);
    expect(hidden.length).toBeGreaterThan(1);
    expect((await boundaryBridge(made.store, query)).total.poor).toBe(2 + 9 * (parts.length - 1));
  });
});

describe('two rounds', () => {
  const two: [number, string][] = [
    [2023, PS22],
    [2024, PS22],
  ];

  it('two standards are never subtracted, and nothing flows between them', async () => {
    const made = await fixture([
      [2020, 'PS-2016'],
      [2021, PS22],
    ]);
    const placeId = await made.village(OLD, '2021-12-31');
    await made.write([
      ...rows(5, { placeId, round: 2020, proposed: 'poor' }),
      ...rows(5, { placeId, round: 2021, proposed: 'poor' }),
    ]);
    const query = { area: OLD, round: 2021 };
    const change = await figure(made.store, { ...query, code: 'poverty-rate-change' });
    expect(change.value).toBeNull();
    expect(change.reason).toMatch(/hai chuẩn khác nhau không trừ được/);
    const flows = await form(made.store, { ...query, form: 2 });
    expect(flows.rows[0]!.cells).toMatchObject({ 1: null, 2: null, 9: 5 });
    const balance = flows.identities.find(({ id }) => id.startsWith('F2.9='));
    expect(balance).toMatchObject({ ok: null, difference: null });
    expect(balance!.reason).toMatch(/đợt đầu theo chuẩn nghèo 2022–2025/);
    const [first, second] = (await series(made.store, { code: 'poverty-rate', area: OLD })).points;
    expect(first!.figure!.value).toBe('100.00');
    expect(second).toMatchObject({
      change: null,
      changeReason: expect.stringMatching(/Hai chuẩn/),
    });
    const bridged = await bridge(made.store, { from: 2020, to: 2021, area: OLD });
    expect(bridged).toMatchObject({ change: { value: null }, parts: [] });
  });

  it('is again near-poor only who was near-poor before, not who was poor', async () => {
    const made = await fixture(two);
    const placeId = await made.village(OLD, '2024-12-31');
    const fallen = (household: string): TestRow[] => [
      { household, placeId, round: 2023, proposed: 'not_poor' },
      { household, placeId, round: 2024, proposed: 'near_poor' },
    ];
    await made.write([...fallen('was poor'), ...fallen('was near-poor')]);
    await made.act((tx) =>
      tx.query(
        `insert into earlier_statuses (book_id, household_id, round, place_id, standard_id, status,
           is_simulated, source, command_id, recorded_at)
         values ($1, $2, 2019, $4, 'PS-2016', 'poor', false, 'danh sách năm 2019', $2, $5),
           ($1, $3, 2019, $4, 'PS-2016', 'near_poor', false, 'danh sách năm 2019', $3, $5)`,
        [made.bookId, made.idOf('was poor'), made.idOf('was near-poor'), placeId, tx.now],
      ),
    );
    const { rows } = await form(made.store, { form: 3, round: 2024, area: OLD });
    expect(rows[0]!.cells).toEqual({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 1, 7: 1, 8: 0, 9: 2 });
  });

  it('tells re-poor from newly poor by an earlier list, and a move from both', async () => {
    const made = await fixture(two);
    const placeId = await made.village(OLD, '2024-12-31');
    const away = await made.village('06007', '2023-12-31');
    const at = (
      household: string,
      round: number,
      proposed: TestRow['proposed'],
      place = placeId,
    ) => ({
      household,
      placeId: place,
      round,
      proposed: proposed ?? null,
    });
    await made.write([
      at('again', 2023, 'not_poor'),
      at('again', 2024, 'poor'),
      at('new', 2023, 'not_poor'),
      at('new', 2024, 'poor'),
      at('moved', 2023, 'poor', away),
      at('moved', 2024, 'poor'),
      at('risen', 2023, 'poor'),
      at('risen', 2024, 'near_poor'),
      at('gone', 2023, 'poor'),
    ]);
    await made.act((tx) =>
      tx.query(
        `insert into earlier_statuses (book_id, household_id, round, place_id, standard_id, status,
           is_simulated, source, command_id, recorded_at)
         values ($1, $2, 2019, $3, 'PS-2016', 'poor', false, 'danh sách năm 2019', $2, $4)`,
        [made.bookId, made.idOf('again'), placeId, tx.now],
      ),
    );
    const flows = await form(made.store, { form: 2, round: 2024, area: OLD });
    expect(flows.rows[0]!.cells).toEqual({ 1: 2, 2: 1, 3: 0, 4: 1, 5: 0, 6: 1, 7: 1, 8: 1, 9: 3 });
    expect(flows.identities.filter(({ ok }) => ok !== true)).toEqual([]);

    const ref = { form: 2 as const, round: 2024, boundaries: flows.boundaries, unitCode: OLD };
    const open = async (column: number, scopes: string[]) => {
      const cell = { ...ref, column, measure: 'household' as const };
      const basis = await basisOfRef(made.store, cell, OLD);
      const found = await made.read(scopes, (tx) => rowsBehind(tx, cell, basis));
      return found.map(({ householdId }) => householdId).sort();
    };
    const ids = (...names: string[]) => names.map((name) => made.idOf(name)).sort();
    expect(await open(6, ['p:20'])).toEqual(ids('again'));
    expect(await open(9, ['p:20'])).toEqual(ids('again', 'new', 'moved'));
    expect(await open(4, ['p:20'])).toEqual(ids('gone'));
    // Row security decides: another village's officer opens nothing, nobody opens nothing.
    expect(await open(9, [`v:${away}`])).toEqual([]);
    expect(await open(9, [])).toEqual([]);
  });

  it('an unknown size of a household makes persons null, not smaller', async () => {
    const made = await fixture(two);
    const placeId = await made.village(OLD, '2024-12-31');
    await made.write([
      ...rows(3, { placeId, round: 2024, proposed: 'poor' }),
      { household: 'x', placeId, round: 2024, proposed: 'poor', members: null },
      ...rows(3, { placeId, round: 2023, proposed: 'poor' }),
    ]);
    const result = await form(made.store, { form: 1, round: 2024, area: OLD });
    expect(result.rows[0]!.cells).toMatchObject({ 1: 4, 2: null, 3: 4, 9: null });
    expect(result.identities.find(({ id }) => id === 'F1.2>=F1.1')).toMatchObject({ ok: null });
  });
});
