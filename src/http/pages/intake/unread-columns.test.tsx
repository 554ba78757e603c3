import { describe, expect, it } from 'vitest';
import type { SheetCounts } from '../../../review/index.js';
import { render } from '../../../web/index.js';
import { unreadColumns } from './import-data.js';
import { UnreadColumns } from './unread-columns.js';

const sheet = (name: string, columns: SheetCounts['unreadColumns']): SheetCounts => ({
  ...{ sheet: name, unitCode: null, unitValidFrom: null, unitName: null, unreadColumns: columns },
  ...{ titleRows: 0, headerRows: 1, rowsRead: 9, repeatedHeaders: 0, blankRows: 0, footerRows: 0 },
  ...{ exactDuplicates: 0, possibleSameHousehold: 0, distinctHouseholds: 9, needsReview: 9 },
  byStatus: { poor: 0, near_poor: 0, not_poor: 0, not_computable: 0 },
  classDisagreements: 0,
  changes: { created: 0, updated: 0, unchanged: 0, conflicting: 0 },
});

describe('columns that are not read', () => {
  it('are one line of the page for each title, over all sheets', () => {
    const lines = unreadColumns([
      sheet('Một', [
        { title: 'Thôn', rows: 1200 },
        { title: 'Ghi chú', rows: 1 },
      ]),
      sheet('Hai', [{ title: 'Thôn', rows: 34 }]),
      sheet('Ba', []),
    ]);
    expect(lines).toEqual([
      { title: 'Thôn', sheets: ['Một', 'Hai'], rows: 1234 },
      { title: 'Ghi chú', sheets: ['Một'], rows: 1 },
    ]);
    const html = render(<UnreadColumns columns={lines} />);
    expect(html).toContain('2 cột trong tệp không được đọc');
    expect(html).toContain('1.234');
  });

  it('show what the file says as text', () => {
    const html = render(<UnreadColumns columns={[{ title: '<b>Thôn', sheets: ['A'], rows: 1 }]} />);
    expect(html).toContain('&lt;b&gt;Thôn');
  });
});
