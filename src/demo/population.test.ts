import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeInPoints, percentRate } from '../kernel/index.js';
import { STATUS } from './assign-statuses.js';
import { ABSENT, ENTRY, NONE, yearlyFlow } from './population.js';
import type { Province } from './skeleton.js';
import { buildProvince, demonstrationTargets } from './skeleton.js';
import { targetsAt } from './targets.js';

const whole = buildProvince({ scale: 1 });

function totals({ population, statuses }: Province) {
  return population.rounds.map((round, r) => {
    const count = [0, 0, 0, 0];
    for (let i = 0; i < population.size; i++) {
      const status = statuses.status[r]![i]!;
      expect(status === STATUS.absent).toBe(population.place[r]![i]! === ABSENT);
      count[status]! += 1;
    }
    const [, poor = 0, nearPoor = 0, other = 0] = count;
    return { round, resident: poor + nearPoor + other, poor, nearPoor };
  });
}

describe('the whole province', () => {
  const rounds = totals(whole);
  const rate = (round: number) => {
    const found = rounds.find((r) => r.round === round)!;
    return percentRate(found.poor, found.resident);
  };

  it('has the published and derived totals to the last household', () => {
    expect(rounds).toEqual([
      { round: 2021, resident: 192_755, poor: 23_516, nearPoor: 23_246 },
      { round: 2022, resident: 197_050, poor: 17_577, nearPoor: 21_097 },
      { round: 2023, resident: 201_345, poor: 12_364, nearPoor: 18_832 },
      { round: 2024, resident: 205_640, poor: 6_912, nearPoor: 16_451 },
      { round: 2025, resident: 199_765, poor: 4_643, nearPoor: 13_578 },
    ]);
  });

  it('has 1,646 villages, numbered within their first commune', () => {
    const names = whole.plan.villages.map((village) => `${village.book} ${village.name}`);
    expect(new Set(names).size).toBe(1646);
    expect(names[0]).toBe('0 Thôn Mẫu 01');
  });

  it('prints the rates and changes that were published', () => {
    expect([2021, 2022, 2024, 2025].map((round) => rate(round).value)).toEqual([
      '12.20',
      '8.92',
      '3.36',
      '2.32',
    ]);
    expect(changeInPoints(rate(2021), rate(2022)).value).toBe('-3.28');
    expect(changeInPoints(rate(2024), rate(2025)).value).toBe('-1.04');
    expect(percentRate(23_246, 192_755).value).toBe('12.06');
    expect(percentRate(16_451, 205_640).value).toBe('8.00');
    expect(percentRate(13_578, 199_765).value).toBe('6.80');
  });

  it('has every kind of change each year, re-poor among them', () => {
    const { status, earlier } = whole.statuses;
    for (let r = 1; r < status.length; r++) {
      const seen = new Map<string, number>();
      for (let i = 0; i < whole.population.size; i++) {
        const [before, now] = [status[r - 1]![i]!, status[r]![i]!];
        const wasPoor =
          earlier[i] === STATUS.poor || status.slice(0, r - 1).some((s) => s[i] === STATUS.poor);
        const again = before === STATUS.not_poor && now === STATUS.poor && wasPoor ? ' again' : '';
        const key = `${before}>${now}${again}`;
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
      const kinds = ['1>2', '1>3', '2>1', '2>3', '3>1', '3>1 again', '3>2', '1>0', '0>1', '1>1'];
      for (const kind of kinds) expect(seen.get(kind), `${r} ${kind}`).toBeGreaterThan(9);
    }
  });

  it('has the ethnic shares of its source and more poverty where it is remote', () => {
    const { population, groupIds, plan, statuses } = whole;
    let nung = 0;
    const poor = { near: [0, 0], remote: [0, 0] };
    for (let i = 0; i < population.size; i++) {
      const village = population.place[0]![i]!;
      if (village === ABSENT) continue;
      if (groupIds[population.ethnicity[i]!] === 'nung') nung++;
      const group = plan.villages[village]!.remoteness > 0.5 ? poor.remote : poor.near;
      group[0]! += 1;
      if (statuses.status[0]![i] === STATUS.poor) group[1]! += 1;
    }
    expect(nung / 192_755).toBeCloseTo(335_316 / 781_655, 3);
    expect(poor.remote[1]! / poor.remote[0]!).toBeGreaterThan((2 * poor.near[1]!) / poor.near[0]!);
  });
});

describe('households through the years', () => {
  const { population: p, plan } = buildProvince({ scale: 0.02, seed: 3 });

  it('are there without a gap from entry to exit', () => {
    for (let i = 0; i < p.size; i++) {
      const end = p.exitRound[i] === NONE ? p.rounds.length : p.exitRound[i]!;
      p.place.forEach((place, r) => {
        expect(place[i] !== ABSENT).toBe(r >= p.entryRound[i]! && r < end);
      });
    }
  });

  it('keep their book, and change their place only by a move', () => {
    for (let i = 0; i < p.size; i++) {
      for (let r = p.entryRound[i]! + 1; r < p.rounds.length; r++) {
        if (p.place[r]![i] === ABSENT) break;
        const hasMoved = p.place[r]![i] !== p.place[r - 1]![i];
        expect(hasMoved).toBe(p.moveRound[i] === r);
      }
      if (p.entryKind[i] !== ENTRY.initial) continue;
      expect(plan.villages[p.place[0]![i]!]!.book).toBe(p.book[i]);
    }
  });

  it('that split off stand where they came from, in the same book', () => {
    let seen = 0;
    for (let i = 0; i < p.size; i++) {
      const parent = p.parent[i]!;
      expect(parent >= 0).toBe(p.entryKind[i] === ENTRY.split_off);
      if (parent < 0) continue;
      seen++;
      const round = p.entryRound[i]!;
      expect(parent).toBeLessThan(i);
      expect(p.book[i]).toBe(p.book[parent]);
      expect(p.splitRound[parent]).toBe(round);
      expect(p.place[round]![i]).toBe(p.place[round]![parent]);
    }
    expect(seen).toBeGreaterThan(100);
  });
});

describe('yearlyFlow', () => {
  it('leads exactly from one number of households to the next, whole households all', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 500, max: 300_000 }),
        fc.double({ min: 0.9, max: 1.1, noNaN: true }),
        (n, factor) => {
          const after = Math.round(n * factor);
          const flow = yearlyFlow(n, after);
          const gains = flow.splitOff + flow.formed + flow.movedIn;
          expect(n - flow.diedOut - flow.movedAway + gains).toBe(after);
          for (const part of Object.values(flow)) expect(part).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

describe('targetsAt', () => {
  const { data } = demonstrationTargets();

  it('refuses a scale that makes no province', () => {
    for (const scale of [0, -1, 1.01, Number.NaN, 0.001]) {
      expect(() => targetsAt(data, scale)).toThrow(/Tỷ lệ mô phỏng/u);
    }
  });

  it('rounds to whole households', () => {
    expect(targetsAt(data, 0.02).rounds[4]).toEqual({
      round: 2025,
      resident: 3995,
      poor: 93,
      nearPoor: 272,
    });
  });
});
