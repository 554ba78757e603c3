import { expect, test } from 'vitest';
import { day } from '../../../kernel/index.js';
import type { HouseholdRoundView, HouseholdView } from '../../../registry/index.js';
import { entryExample } from '../audit/entry-fixture.js';
import { householdHistory } from './household-history.js';

const names = { role: () => 'cán bộ cấp xã', permission: (id: string) => id };

const row = (over: Partial<HouseholdRoundView>): HouseholdRoundView => ({
  ...{ round: 2025, rowId: 'new', state: 'current', standardId: 'PS-2022', area: 'rural' },
  ...{ areaClass: null, fieldCode: 'M-01', headName: 'Lý Một', headSex: 'male' },
  ...{ headBirthYear: null, headEthnicityId: null, members: 4, quickScreenPassed: null },
  ...{ b1: 135, b2: 30, deprivations: { wat: true, toi: null }, causes: {} },
  ...{ fieldStatus: null, proposedStatus: 'near_poor', recognisedStatus: null, decision: null },
  ...{ ruleVersion: null, reviewedOn: null, reviewer: null, importId: 'second' },
  ...{ isSynthetic: false, recordedAt: new Date('2025-11-23T02:30:00Z') },
  ...over,
});
const old = row({
  ...{ rowId: 'old', state: 'replaced', b1: 120, proposedStatus: 'poor', importId: 'first' },
  ...{ deprivations: { wat: false, toi: null }, recordedAt: new Date('2025-11-20T02:30:00Z') },
});
const view = (...rounds: HouseholdRoundView[]): HouseholdView => ({
  ...{ householdId: 'h1', bookId: 'b1', openedRound: 2025, members: [], importIds: [], rounds },
  listIds: [],
  identifiers: [],
  place: { placeId: 'p1', name: 'Thôn Mẫu 01', kind: 'village' },
  unit: { code: '06004', validFrom: day('2025-07-01'), name: 'Xã Quốc Khánh' },
  earlierStatuses: [{ round: 2020, standardId: 'PS-2016', status: 'poor', source: 'danh sách' }],
  events: [{ round: 2024, kind: 'moved_in', relatedHouseholdId: null, happenedOn: null }],
});
const commit = (subjectId: string) =>
  entryExample({ action: 'import.commit', subjectKind: 'import', subjectId, fileName: 'a.xlsx' });

const CHANGES = [
  { field: 'Điểm B1', before: '120', after: '135' },
  { field: 'Nguồn nước sinh hoạt', before: 'không thiếu', after: 'thiếu hụt' },
  { field: 'Kết quả tính lại', before: 'hộ nghèo', after: 'hộ cận nghèo' },
];

test('the act that replaced a row tells field by field what it replaced, once', () => {
  const acts = [commit('second'), commit('second'), commit('first')];
  const lines = householdHistory(view(row({}), old), acts, names);
  expect(lines[0]).toMatchObject({
    ...{ when: '09:30 23/11/2025', base: 'bản ghi lúc 09:30 20/11/2025', changes: CHANGES },
    sentence: 'Cán bộ Mẫu (cán bộ cấp xã, UBND xã Mẫu) đã ghi kết quả rà soát từ tệp “a.xlsx”.',
  });
  expect(lines.slice(1, 3)).toMatchObject([{ changes: [] }, { changes: [], base: null }]);
  expect(lines.slice(3).map(({ when }) => when)).toEqual(['Đợt 2024', 'Năm 2020']);
});

const DECISION = {
  ...{ number: '125/QĐ-UBND', decidedOn: day('2025-12-10'), signerName: 'A', isSimulated: true },
};
const at = new Date('2025-12-11T02:35:00Z');
const decided = row({
  ...{ rowId: 'decided', recognisedStatus: 'near_poor', decision: DECISION, recordedAt: at },
});
const imported = row({ state: 'replaced' });
const act = (action: string, over = {}) =>
  entryExample({ action, subjectKind: 'list', subjectId: 'l1', fileName: null, at, ...over });

test('what a decision changed stands under the act that entered it, not under the import', () => {
  const approvedAt = { at: new Date('2025-12-09T02:00:00Z') };
  const acts = [commit('second'), act('list.approve', approvedAt), act('list.decide')];
  const lines = householdHistory(view(decided, imported, old), acts, names);
  expect(lines.slice(0, 3).map(({ when }) => when)).toEqual([
    ...['09:35 11/12/2025', '09:00 09/12/2025', '09:30 23/11/2025'],
  ]);
  expect(lines[0]).toMatchObject({
    sentence: expect.stringContaining('đã ghi quyết định công nhận') as string,
    changes: [
      { field: 'Kết quả được công nhận', before: null, after: 'hộ cận nghèo' },
      { field: 'Quyết định', after: 'QĐ 125/QĐ-UBND ngày 10/12/2025 (mô phỏng)' },
    ],
  });
  expect(lines[1]).toMatchObject({ changes: [] });
  expect(lines[2]).toMatchObject({ changes: CHANGES });
});

test('whoever may not see the list is told of the decision all the same', () => {
  const [line] = householdHistory(view(decided, imported), [commit('second')], names);
  expect(line).toMatchObject({
    ...{ when: '09:35 11/12/2025', base: 'bản ghi lúc 09:30 23/11/2025' },
    sentence: 'Kết quả đợt 2025 được công nhận: QĐ 125/QĐ-UBND ngày 10/12/2025 (mô phỏng).',
  });
});

test('a row replaced by an act that is not in the log, or not yours to see, is told all the same', () => {
  const [line] = householdHistory(view(row({}), old), [], names);
  expect(line).toMatchObject({ sentence: 'Số liệu đợt 2025 được thay.', changes: CHANGES });
});

test('an entry that holds before and after tells of both', () => {
  const act = entryExample({
    ...{ action: 'household.correct', baseVersion: 'v1' },
    payload: { before: { members: 4 }, after: { members: 5 } },
  });
  expect(householdHistory(view(row({})), [act], names)[0]).toMatchObject({
    ...{ base: 'v1', isReading: false },
    changes: [{ field: 'members', before: '4', after: '5' }],
  });
});
