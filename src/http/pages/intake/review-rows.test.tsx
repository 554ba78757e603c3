import { describe, expect, it } from 'vitest';
import type { ImportRow } from '../../../review/index.js';
import { render } from '../../../web/index.js';
import { reasonGroup } from './import-data.js';
import { ReviewRows } from './review-rows.js';

const row = (change: Partial<ImportRow> = {}): ImportRow => ({
  sheet: 'Xã Mẫu',
  rowNumber: 23,
  outcome: 'needs_review',
  reasons: ['b2-not-valid'],
  raw: { 'Họ tên': 'Mẫu <b>Một</b>', 'Điểm B2': 55, 'Cột lạ': true },
  cells: { head_name: 'Mẫu <b>Một</b>', b2: '55' },
  householdId: null,
  fieldStatus: 'poor',
  proposedStatus: null,
  ...change,
});

const draw = (rows: ImportRow[], state: 'previewed' | 'committed' | 'voided' = 'previewed') => {
  const reason = rows[0]?.reasons[0] ?? '';
  const group = reasonGroup({ reason, total: 40, rows }, state);
  return { group, html: render(<ReviewRows group={group} />) };
};

describe('ReviewRows', () => {
  it('marks the cell a reason is about, in words too, and no other', () => {
    const { html } = draw([row()]);
    expect(html.match(/<mark>/g)).toHaveLength(1);
    expect(html).toContain('<mark>55<span class="unseen"> (cần xem)</span></mark>');
    expect(html).toContain('chưa tính');
  });

  it('calls a missing cell empty when that is the reason', () => {
    const { html } = draw([row({ reasons: ['b1-missing'] })]);
    expect(html).toContain('<mark>trống');
  });

  it('opens the raw row when the cell a reason is about stands only there', () => {
    expect(draw([row({ reasons: ['date-not-readable'] })]).html).toContain('<details open');
    expect(draw([row()]).html).not.toContain('<details open');
  });

  it('shows the whole raw row in the order of the file, as text', () => {
    const { html } = draw([row()]);
    const titles = [...html.matchAll(/<dt>(.*?)<\/dt>/g)].map((match) => match[1]);
    expect(titles).toEqual(['Họ tên', 'Điểm B2', 'Cột lạ']);
    expect(html).not.toContain('<b>Một</b>');
  });

  it('stands under the first reason, says the others, marks the cells of all', () => {
    const { group, html } = draw([row({ reasons: ['b2-not-valid', 'name-missing'] })]);
    expect(group).toMatchObject({ code: 'b2-not-valid', total: 40, shown: 1 });
    expect(html).toContain('Thiếu họ tên chủ hộ.');
    expect(html.match(/<mark>/g)).toHaveLength(2);
  });

  it('keeps the rows of each sheet together', () => {
    const { group } = draw([row(), row({ sheet: 'Khác' }), row({ rowNumber: 24 })]);
    expect(group.sheets.map(({ sheet, rows }) => [sheet, rows.length])).toEqual([
      ['Xã Mẫu', 2],
      ['Khác', 1],
    ]);
  });

  it('links to a household only while it is in the book', () => {
    const made = row({ outcome: 'created', householdId: 'h1', reasons: ['class-disagreement'] });
    expect(draw([made]).html).not.toContain('/ho/h1');
    expect(draw([made], 'voided').html).not.toContain('/ho/h1');
    expect(draw([made], 'committed').html).toContain('/ho/h1');
    expect(draw([{ ...made, outcome: 'updated' }]).html).toContain('/ho/h1');
  });
});
