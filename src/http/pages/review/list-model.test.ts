import { expect, test } from 'vitest';
import { day } from '../../../kernel/index.js';
import type { BoardLine, ListCounts, ListLine } from '../../../review/index.js';
import {
  countLines,
  decisionText,
  flowSentences,
  notComparedText,
  thatDecision,
  todoOf,
  waitingUnits,
} from './list-model.js';

const counts = (over: Partial<ListCounts> = {}): ListCounts => ({
  now: { poor: 5, near_poor: 3, average_living: 0, not_poor: 90, not_computable: 2 },
  last: {
    ...{ round: 2024, standardId: 'PS-2022', notRecognised: 1 },
    counts: { poor: 8, near_poor: 3, average_living: 0, not_poor: 88, not_computable: 0 },
  },
  flows: {
    ...{ escapedPoverty: 4, escapedNearPoverty: 0, newlyPoor: 1, newlyNearPoor: 0 },
    ...{ gone: 0, fresh: 2 },
  },
  ...over,
});

test('this round stands beside the one before, and the lines add up', () => {
  const lines = countLines(counts());
  expect(lines.map(({ now, last, change }) => [now, last, change])).toEqual([
    [5, 8, -3],
    [3, 3, 0],
    [90, 88, 2],
    [2, 0, 2],
    [100, 100, 0],
  ]);
  expect(lines.map(({ label }) => label)).not.toContain('Hộ có mức sống trung bình');
  expect(flowSentences(counts())).toEqual([
    ...['4 hộ thoát nghèo', '1 hộ nghèo mới hoặc tái nghèo', '2 hộ mới có trong sổ'],
  ]);
  expect(notComparedText(counts(), 'PS-2022')).toBeNull();
});

test('what cannot be compared has no difference, and the reason', () => {
  const across = counts({ flows: null });
  expect(countLines(across).every(({ change }) => change === null)).toBe(true);
  expect(flowSentences(across)).toEqual([]);
  expect(notComparedText(across, 'PS-2027')).toContain('hai chuẩn không so được');
  expect(notComparedText(across, 'PS-2022')).toContain('chưa được công nhận');
  expect(notComparedText(counts({ last: null, flows: null }), 'PS-2022')).toContain('Chưa có đợt');
});

test('a number keeps its letters inside a sentence', () => {
  const decision = { number: '12/QĐ-UBND', decidedOn: '2025-12-20' as never };
  expect(decisionText(decision)).toBe('Quyết định số 12/QĐ-UBND ngày 20/12/2025');
  expect(thatDecision(decision)).toBe('quyết định số 12/QĐ-UBND ngày 20/12/2025');
});

test('the farthest list comes first; what is not this person’s to do is not named', () => {
  const line = (
    listId: string,
    act: 'submit' | 'approve' | 'decide',
    blocked = false,
  ): ListLine => ({
    ...{ listId, kind: 'recognition', round: 2025, state: 'submitted', households: 1, poor: 1 },
    ...{
      nearPoor: 0,
      changedAt: new Date(0),
      unit: { code: '1', validFrom: '' as never, name: listId },
    },
    acts: [{ act, label: act, blockedBecause: blocked ? 'vì' : null }],
  });
  const lists = [line('a', 'submit'), line('b', 'approve', true), line('c', 'decide')];
  expect(todoOf(lists).map(({ href }) => href)).toEqual(['/danh-sach/c', '/danh-sach/a']);
});

test('a commune with households nobody made a list of is work that waits, many of them one line', () => {
  const line = (n: number, over: Partial<BoardLine> = {}): BoardLine => ({
    unit: { code: `0600${n}`, validFrom: day('2025-07-01'), name: `Xã ${n}` },
    ...{ households: 130, pending: 123, listable: 120, open: null, inForce: null, ...over },
  });
  const inForce = { number: '1/QĐ-UBND', decidedOn: null, isSimulated: false };
  const lines = waitingUnits(
    [
      line(1),
      line(2, { pending: 0, listable: 0 }),
      line(5, { listable: 0 }),
      line(3, { open: { listId: 'a', state: 'draft' } }),
      line(4, { inForce, pending: 2 }),
    ],
    2026,
  );
  expect(lines).toEqual([
    {
      href: '/danh-sach/moi?dot=2026&xa=06001',
      what: 'Lập danh sách: Xã 1, đợt 2026',
      more: '123 hộ chờ quyết định',
    },
    {
      href: '/danh-sach/moi?dot=2026&xa=06004',
      what: 'Lập danh sách bổ sung: Xã 4, đợt 2026',
      more: '2 hộ chờ quyết định',
    },
  ]);
  const many = waitingUnits(
    [1, 2, 3, 4, 5, 6].map((n) => line(n)),
    2026,
  );
  expect(many.map(({ href, what }) => [href, what])).toEqual([
    ['#xa-phuong', 'Lập danh sách cho 6 xã, phường, đợt 2026'],
  ]);
});
