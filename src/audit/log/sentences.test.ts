import { expect, test } from 'vitest';
import { projectFiles } from '../../../test/tidy/files.js';
import type { EntryLine } from './entry-line.js';
import { SENTENCES, actionLabel, deedOf, sentenceOf } from './sentences.js';
import { changesIn } from './changes.js';
import { SYSTEM_ACTOR_ID, isReading } from '../../store/index.js';

/** Names of files look like actions too. */
const FILE = /\.(json|yaml|yml|pid|log|csv|xlsx|ts|js|css|html|sql|md|zip|pdf)$/;
/** Of the bench, which writes into instances of its own. */
const OF_THE_BENCH = ['bench.change', 'person.add'];

/** Every action that the text names: `action: 'a.b'`, `name: 'a.b'`, a choice of two, a helper's argument. */
function actionsIn(text: string): string[] {
  const places = text.matchAll(
    /\b(?:action|name|\w*NAME|enter|working|act)\b[^\n;]{0,80}\n?[^\n;]{0,60}/g,
  );
  return [...places].flatMap(([place]) =>
    [...place.matchAll(/'([a-z][a-z-]*\.[a-z][a-z-]*)'/g)].map((match) => match[1]!),
  );
}

const sources = projectFiles(
  (at) => /^src\/.*\.tsx?$/.test(at) && !/\.test\.tsx?$/.test(at) && !at.endsWith('sentences.ts'),
);
const named = [...new Set(sources.flatMap(({ text }) => actionsIn(text)))].filter(
  (action) => !FILE.test(action) && !OF_THE_BENCH.includes(action),
);

test('the sources are read: actions of every kind are found', () => {
  expect(named.length).toBeGreaterThan(20);
  expect(named).toEqual(expect.arrayContaining(['import.commit', 'household.read']));
  expect(named).toEqual(expect.arrayContaining(['audit.replace-lost-key', 'inspection.leave']));
  expect(
    actionsIn(`const x = isLost ? 'a.b' : 'c.d';\naudit(tx, { action: lost ? 'e.f' : 'g.h' })`),
  ).toEqual(['e.f', 'g.h']);
});

test('every action has its words', () => {
  expect(named.filter((action) => !Object.hasOwn(SENTENCES, action))).toEqual([]);
});

/** Actions put together from a family and an act: `list.${act}`. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  list: ['prepare', 'submit', 'return', 'approve', 'decide', 'withdraw'],
};

test('so has every act of a family', () => {
  const found = sources.flatMap(({ text }) =>
    [...text.matchAll(/\b(?:action|name): `([a-z-]+)\.\$\{/g)].map((match) => match[1]!),
  );
  expect([...new Set(found)].filter((family) => !Object.hasOwn(FAMILIES, family))).toEqual([]);
  const acts = Object.entries(FAMILIES).flatMap(([family, all]) =>
    all.map((a) => `${family}.${a}`),
  );
  expect(acts.filter((action) => !Object.hasOwn(SENTENCES, action))).toEqual([]);
});

const entry = (over: Partial<EntryLine>): EntryLine => ({
  ...{
    entryId: 'e',
    stream: 's',
    seq: 1,
    at: new Date(0),
    actorId: 'a',
    actorName: 'Nông Thị Mẫu',
  },
  ...{ role: 'commune_officer', officeName: 'UBND xã Mẫu', device: null, action: 'import.commit' },
  ...{ behalfName: null, subjectName: null, listName: null },
  ...{ subjectKind: 'import', subjectId: 'i', placeName: null, baseVersion: null, reason: null },
  ...{ purpose: null, inspection: null, payload: null, isRedacted: false, fileName: 'a.xlsx' },
  ...over,
});
const names = {
  role: (id: string) => (id === 'commune_officer' ? 'cán bộ cấp xã' : id),
  permission: (id: string) => (id === 'household:read' ? 'xem sổ hộ' : id),
};

test.each<[Partial<EntryLine>, string]>([
  [{}, 'Nông Thị Mẫu (cán bộ cấp xã, UBND xã Mẫu) đã ghi kết quả rà soát từ tệp “a.xlsx”.'],
  [
    { payload: { sheet: 'Xã Mẫu', unitCode: '06004', changes: { created: 0, updated: 0 } } },
    'Nông Thị Mẫu (cán bộ cấp xã, UBND xã Mẫu) đã nộp tệp “a.xlsx”, không có hộ nào phải thêm hay cập nhật.',
  ],
  ...[
    { action: 'import.hold', payload: { sheet: 'Xã Khác', heldFor: 'sheet-out-of-scope' } },
    // As it was entered before there was a word for it.
    { payload: { sheet: 'Xã Khác', unitCode: null, changes: { created: 0, updated: 0 } } },
  ].map((over): [Partial<EntryLine>, string] => [
    over,
    'Nông Thị Mẫu (cán bộ cấp xã, UBND xã Mẫu) đã giữ lại, không ghi vào sổ, các dòng của trang “Xã Khác” trong tệp “a.xlsx”.',
  ]),
  [
    { action: 'household.read', purpose: 'xét hỗ trợ nhà ở', role: 'commune_officer,supervisor' },
    'Nông Thị Mẫu (cán bộ cấp xã, supervisor, UBND xã Mẫu) đã mở trang của hộ. Mục đích: xét hỗ trợ nhà ở.',
  ],
  [
    { action: 'household.read', inspection: '12/QĐ-TTr', role: null, officeName: null },
    'Nông Thị Mẫu đã mở trang của hộ theo quyết định thanh tra 12/QĐ-TTr.',
  ],
  [
    { action: 'import.void', reason: 'Nhập nhầm tệp.' },
    'Nông Thị Mẫu (cán bộ cấp xã, UBND xã Mẫu) đã hủy lần nhập tệp “a.xlsx”. Lý do: Nhập nhầm tệp.',
  ],
  [
    { action: 'list.approve', role: 'commune_leader', behalfName: 'Hoàng Văn Mẫu' },
    'Nông Thị Mẫu thay mặt Hoàng Văn Mẫu (commune_leader, UBND xã Mẫu) đã duyệt trình một danh sách đề nghị công nhận.',
  ],
  [
    {
      ...{ action: 'role.delegate', officeName: null, subjectName: 'Lý Thị Mẫu' },
      payload: { receiverName: 'Lý Thị Mẫu', permissions: ['household:read', 'x:decide', 7] },
    },
    'Nông Thị Mẫu (cán bộ cấp xã) đã ủy quyền cho Lý Thị Mẫu: xem sổ hộ; x:decide.',
  ],
  [
    {
      action: 'role.delegate',
      officeName: null,
      payload: { receiverName: 'B', permissions: null },
    },
    'Nông Thị Mẫu (cán bộ cấp xã) đã ủy quyền cho B.',
  ],
  [
    { actorId: SYSTEM_ACTOR_ID, actorName: null, role: 'installation', action: 'demo.make' },
    'Hệ thống đã dựng xong tỉnh mô phỏng.',
  ],
  [
    {
      ...{ actorId: SYSTEM_ACTOR_ID, actorName: null, role: null, officeName: null },
      action: 'household-code.read',
    },
    'Hộ gia đình đã xem ai dùng thông tin của mình, bằng mã trên phiếu.',
  ],
  [
    {
      ...{ actorId: SYSTEM_ACTOR_ID, actorName: null, role: 'installation', action: 'role.add' },
      ...{ officeName: null, device: 'dòng lệnh, tài khoản root' },
      ...{ subjectName: 'Lý Thị Mẫu', payload: { role: 'commune_officer' } },
    },
    'Hệ thống (dòng lệnh, tài khoản root) đã giao vai trò cán bộ cấp xã cho Lý Thị Mẫu.',
  ],
  [
    { action: 'list.approve', subjectKind: 'list', listName: 'xã Mẫu, đợt 2025' },
    'Nông Thị Mẫu (cán bộ cấp xã, UBND xã Mẫu) đã duyệt trình danh sách đề nghị công nhận của xã Mẫu, đợt 2025.',
  ],
  [
    { action: 'access.code-refused', officeName: null },
    'Nông Thị Mẫu (cán bộ cấp xã) đã nhập sai mã xác thực.',
  ],
  [
    { isRedacted: true, action: 'x.y', officeName: null },
    'Nông Thị Mẫu (cán bộ cấp xã) đã thực hiện thao tác “x.y”. (Nội dung đã được che theo quyết định.)',
  ],
])('%o → %s', (over, sentence) => {
  expect(sentenceOf(entry(over), names)).toBe(sentence);
});

test('no sentence breaks on an entry that tells nothing, or tells something odd', () => {
  for (const action of Object.keys(SENTENCES)) {
    for (const payload of [null, [], 'x', 7, { round: {} }, { format: null, rows: true }]) {
      expect(deedOf(entry({ action, payload, fileName: null }), names)).toMatch(/^đã \S.*[^\s.]$/);
    }
    expect(actionLabel(action)).not.toMatch(/^đã |null|undefined/);
  }
});

test('reading is told from writing by the last word', () => {
  expect(['household.read', 'list.names-read', 'form.export'].every(isReading)).toBe(true);
  expect(['account.create', 'spread.sheet', 'thread', 'x.reading'].some(isReading)).toBe(false);
});

test('changes are the fields that differ', () => {
  const before = { b1: 120, name: 'An', same: { a: 1 }, gone: true };
  const after = { b1: 135, name: 'An', same: { a: 1 }, fresh: '' };
  expect(changesIn({ before, after })).toEqual([
    { field: 'b1', before: '120', after: '135' },
    { field: 'gone', before: 'có', after: null },
  ]);
  expect(changesIn({ after: { a: 1 } })).toEqual([{ field: 'a', before: null, after: '1' }]);
  for (const odd of [null, 'x', [], { before: 'x' }, { before: [1], after: null }]) {
    expect(changesIn(odd)).toEqual([]);
  }
});
