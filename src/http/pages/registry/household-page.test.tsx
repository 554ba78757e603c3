import { describe, expect, it } from 'vitest';
import type { EntryLine } from '../../../audit/index.js';
import type { HouseholdView } from '../../../registry/index.js';
import { day } from '../../../kernel/index.js';
import { render } from '../../../web/index.js';
import { entryExample } from '../audit/entry-fixture.js';
import { shellExample } from '../shell-fixture.js';
import { householdPageData } from './household-model.js';
import { HouseholdPage } from './household-page.js';

const names = {
  ethnicGroups: new Map([['tay', 'Tày']]),
  roles: { role: (id: string) => id, permission: (id: string) => id },
  mayIssueCode: true,
};

type Round = HouseholdView['rounds'][number];

const deprivations = (known: Record<string, boolean>): Record<string, boolean | null> => {
  const ids = ['emp', 'dep', 'nut', 'ins', 'adu', 'chi', 'hqu', 'har', 'wat', 'toi', 'tel', 'inf'];
  return Object.fromEntries(ids.map((id) => [id, known[id] ?? null]));
};

const round = (over: Partial<Round>): Round => ({
  round: 2025,
  rowId: 'r1',
  state: 'current',
  standardId: 'PS-2022',
  area: 'rural',
  areaClass: 'III',
  fieldCode: 'M-01',
  headName: 'Nguyễn Văn Mẫu',
  headSex: 'male',
  headBirthYear: 1980,
  headEthnicityId: 'tay',
  members: 4,
  quickScreenPassed: null,
  b1: 120,
  b2: 40,
  deprivations: deprivations({ emp: true, dep: true, nut: true, ins: true, inf: false }),
  causes: { no_capital: true, illness: false },
  fieldStatus: 'near_poor',
  proposedStatus: 'poor',
  recognisedStatus: null,
  decision: null,
  ruleVersion: null,
  reviewedOn: null,
  reviewer: null,
  importId: null,
  isSynthetic: true,
  recordedAt: new Date('2025-11-23T02:30:00Z'),
  ...over,
});

const view = (over: Partial<HouseholdView> = {}): HouseholdView => ({
  householdId: 'h1',
  bookId: 'b1',
  place: { placeId: 'p1', name: 'Thôn Mẫu 01', kind: 'village' },
  unit: { code: '06004', validFrom: day('2025-07-01'), name: 'Xã Quốc Khánh' },
  openedRound: 2021,
  members: [],
  identifiers: [],
  rounds: [round({})],
  earlierStatuses: [],
  events: [],
  importIds: [],
  listIds: [],
  ...over,
});

const draw = (over: Partial<HouseholdView>, acts: EntryLine[] = []) =>
  render(<HouseholdPage shell={shellExample} data={householdPageData(view(over), names, acts)} />);

describe('HouseholdPage', () => {
  it('explains a proposal as a proposal, in sentences with articles', () => {
    const html = draw({});
    expect(html).toContain('hộ nghèo (đề xuất)');
    expect(html).toContain('chưa có quyết định');
    expect(html).toContain('trong tệp: hộ cận nghèo');
    expect(html).toMatch(/<ol class="steps">.*07\/2021\/NĐ-CP/s);
  });

  it('shows the recognised status where there is a decision, never the proposed one beside it', () => {
    const decision = { number: null, decidedOn: null, signerName: null, isSimulated: true };
    const html = draw({ rounds: [round({ recognisedStatus: 'near_poor', decision })] });
    expect(html).toContain('Vì sao năm 2025 là hộ cận nghèo');
    expect(html).toContain('quyết định mô phỏng');
    expect(html).not.toContain('(đề xuất)');
  });

  it('tells unknown from no: of twelve indicators only what is known counts', () => {
    const html = draw({});
    expect(html).toContain('Thiếu hụt 4 trong 12 chỉ số, 7 chưa biết');
    expect(html.match(/<li class="unknown">/g)).toHaveLength(7);
    expect(html.match(/: chưa biết</g)).toHaveLength(7);
  });

  it('says that no indicator is known instead of counting none as lacking', () => {
    const html = draw({ rounds: [round({ deprivations: {}, b2: 60 })] });
    expect(html).toContain('Chưa có số liệu từng chỉ số thiếu hụt');
    expect(html).toContain('chỉ có tổng điểm B2');
    expect(html).not.toContain('Thiếu hụt 0');
  });

  it('keeps replaced and voided rows out of the timeline and in the history', () => {
    const recordedAt = new Date('2025-11-20T02:30:00Z');
    const replaced = round({ rowId: 'r0', state: 'replaced', b2: 10, recordedAt });
    const html = draw({ rounds: [round({}), replaced, round({ rowId: 'r1', state: 'voided' })] });
    expect(html.match(/<ol class="timeline".*?<\/ol>/s)?.[0].match(/<li/g)).toHaveLength(1);
    expect(html).toContain('Số liệu đợt 2025 được thay.');
    expect(html).toContain('đã bị hủy và không còn được tính');
  });

  it('names an act it has no words for, so that nothing is hidden', () => {
    const html = draw({}, [entryExample({ action: 'strange.act', reason: 'vì <b>' })]);
    expect(html).toContain(
      'Cán bộ Mẫu (commune_officer, UBND xã Mẫu) đã thực hiện thao tác “strange.act”. Lý do: vì &lt;b&gt;.',
    );
  });
});
