import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../kernel/index.js';
import { scoreCard } from '../rules/index.js';
import { loadPacks, packsRoot } from './index.js';

const PS_2022 = 'national/poverty-standards/ps-2022.yaml';

describe('the packs as shipped', () => {
  const packs = loadPacks();

  test.each([
    [2016, 'PS-2016'],
    [2021, 'PS-2016'],
    [2022, 'PS-2022'],
    [2026, 'PS-2022'],
    [2027, 'PS-2027'],
    [2030, 'PS-2027'],
  ])('effect year %i is judged by %s', (year, id) => {
    expect(packs.standardFor(year)?.id).toBe(id);
  });

  test('no standard is made up for years outside', () => {
    expect(packs.standardFor(2015)).toBeUndefined();
    expect(packs.standardFor(2031)).toBeUndefined();
  });

  test('each standard has its number of indicators', () => {
    const counts = packs.standards.map(({ id, indicators }) => [id, indicators.length]);
    expect(Object.fromEntries(counts)).toEqual({ 'PS-2016': 10, 'PS-2022': 12, 'PS-2027': 12 });
  });

  test('every cited document has a number, and each pack names the file it stands in', () => {
    const citations = packs.citations();
    expect(citations.map(({ document }) => document)).toContain('07/2021/NĐ-CP');
    for (const { document, path } of citations) {
      expect(document).toMatch(/\d/u);
      expect(path).toMatch(/^national\/.*\.yaml$/u);
    }
  });

  test('the card of 2022 refuses to score and names every item', () => {
    const card = packs.scorecardFor(2026)!;
    const { score, missing } = scoreCard(card, 'NT2', {});
    expect(score).toBeNull();
    expect(missing).toEqual(card.items.map(({ id }) => `items.${id}`));
  });

  test('the card of 2016 knows its first items and refuses for the rest', () => {
    const card = packs.scorecardFor(2018)!;
    const answers = {
      ...{ members: 4, all_are_dependants: false, dependants: 1, highest_diploma: 'vocational' },
      ...{ non_farm_job: 'public', pensioners: 0 },
      ...{ wall_is_not_durable: false, column_is_not_durable: false },
    };
    const { score, missing, trace } = scoreCard(card, 'NT2', answers);
    expect(score).toBeNull();
    expect(missing).toEqual(
      ['area_per_person', 'electricity', 'water', 'toilet', 'assets', 'land', 'livestock'].map(
        (id) => `items.${id}`,
      ),
    );
    // 4 people 30, one dependant 5, vocational 10, public job 45, no pension, wall 5, column 5.
    const points = trace.flatMap(({ sentence }) => /(\d+) điểm\.$/u.exec(sentence)?.[1] ?? []);
    expect(points).toEqual(['30', '5', '10', '45', '0', '5', '5']);
  });

  test('no card is known for the standard of 2027', () => {
    expect(packs.scorecardFor(2027)).toBeUndefined();
  });
});

describe('a pack that breaks a promise is not loaded', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'thonban-packs-'));
    cpSync(packsRoot(), root, { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function problemAfter(path: string, from: string, to: string): Problem {
    const file = join(root, path);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(from);
    writeFileSync(file, text.replace(from, to));
    try {
      loadPacks(root);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
    throw new Error('the pack was accepted');
  }

  test.each([
    ['a wrong boundary example', 'outside: [2021, 2027]', 'outside: [2026]', /2026/u],
    ['a limit that its examples deny', 'value: 1500000', 'value: 1500001', /ví dụ/u],
    ['a hole in the table', '{ not: many_deprived }', '{ not: within_line }', /bỏ trống/u],
    ['rows that overlap', '[within_line, many_deprived]', '[within_line]', /chồng nhau/u],
    ['a citation to nothing', 'cite: [nd07#3] }', 'cite: [nd08#3] }', /nd08/u],
    ['a value without a state', 'value: 2250000, state: verified', 'value: 2250000', /state/u],
    ['an unknown key', 'status: in_force', 'status: in_force\nnote: x', /note/u],
    ['a definition that asks for a stranger', 'lte: [b1, b1_line]', 'lte: [b9, b1_line]', /b9/iu],
    ['a key given twice', 'status: in_force', 'status: in_force\nstatus: draft', /unique|keys/iu],
  ])('%s', (_, from, to, why) => {
    const problem = problemAfter(PS_2022, from, to);
    expect(problem.kind).toBe('environment');
    expect(`${problem.what} ${problem.why ?? ''}`).toMatch(why);
  });

  test('an indicator example that is not true', () => {
    const problem = problemAfter(PS_2022, 'ratio: [floor_area_m2, members] }, 8]', 'ratio: [floor_area_m2, members] }, 9]');
    expect(problem.why).toContain('har');
  });

  test('a code used twice in a list of ethnic groups', () => {
    const path = 'national/ethnic-groups/groups.yaml';
    expect(problemAfter(path, "eth1979: '07'", "eth1979: '06'").why).toContain('eth1979');
  });

  test('a missing file says which', () => {
    rmSync(join(root, 'national/ethnic-groups/groups.yaml'));
    expect(() => loadPacks(root)).toThrow(/groups\.yaml/u);
  });
});
