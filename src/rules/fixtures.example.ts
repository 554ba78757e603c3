import type { ConditionData, RuleData } from './index.js';

/** A small rule with every kind of fact, for tests. */
export const ruleData = (table: RuleData['table'], extra: Partial<RuleData> = {}): RuleData => ({
  id: 'R-1',
  version: '1',
  label: 'quy tắc thử',
  documents: { d1: { number: '01/2021/NĐ-CP', issued: '2021-01-01' } },
  facts: {
    area: { kind: 'enum', label: 'khu vực', values: { rural: 'nông thôn', urban: 'thành thị' } },
    kind: { kind: 'enum', label: 'loại', values: { a: 'loại A', b: 'loại B', c: 'loại C' } },
    x: { kind: 'number', label: 'x' },
    y: { kind: 'number', label: 'y' },
    p: { kind: 'boolean', label: 'p' },
    q: { kind: 'boolean', label: 'q' },
    r: { kind: 'boolean', label: 'r' },
  },
  parameters: {
    line: {
      label: 'mức',
      by: 'area',
      cells: {
        rural: { value: 1, state: 'verified', cite: ['d1#3'] },
        urban: { value: 2, state: 'unverified', cite: ['d1#3'] },
      },
    },
    unseen: { label: 'chưa thấy', cells: { any: { value: null, state: 'absent', cite: ['d1'] } } },
    few: { label: 'số ít', cells: { any: { value: 2, state: 'keyed', cite: ['d1'] } } },
  },
  define: {},
  outcomes: { yes: 'có', no: 'không', maybe: 'có thể' },
  table,
  ...extra,
});

/** Yes when the condition holds, no when it does not. */
export const yesOrNo = (when: ConditionData, extra: Partial<RuleData> = {}): RuleData =>
  ruleData(
    [
      { then: 'yes', when, cite: ['d1#3'] },
      { then: 'no', when: { not: when }, cite: ['d1#3'] },
    ],
    extra,
  );
