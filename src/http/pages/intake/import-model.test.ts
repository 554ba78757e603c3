import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportSummary, RowCounts, SheetCounts } from '../../../review/index.js';
import { importPageData } from './import-data.js';
import { addingUp, byStatusLine, closes, hasSomething, writtenTitle } from './import-model.js';

const counts: RowCounts = {
  titleRows: 4,
  headerRows: 2,
  rowsRead: 557,
  repeatedHeaders: 5,
  blankRows: 3,
  footerRows: 2,
  exactDuplicates: 137,
  possibleSameHousehold: 1,
  distinctHouseholds: 415,
  needsReview: 3,
  byStatus: { poor: 100, near_poor: 200, not_poor: 110, not_computable: 2 },
  classDisagreements: 4,
  changes: { created: 412, updated: 0, unchanged: 0, conflicting: 0 },
};

describe('the adding-up line', () => {
  it('adds to the rows read', () => {
    expect(addingUp(counts)).toBe('557 dòng = 5 tiêu đề lặp + 137 dòng trùng hẳn + 415 hộ');
    expect(byStatusLine(counts)).toBe(
      '415 hộ = 100 nghèo + 200 cận nghèo + 110 không nghèo + 2 chưa đủ dữ liệu + 3 cần người xem lại',
    );
  });

  it('leaves out what is zero, but never the households', () => {
    const empty = { ...counts, rowsRead: 0, repeatedHeaders: 0, exactDuplicates: 0 };
    expect(addingUp({ ...empty, distinctHouseholds: 0 })).toBe('0 dòng = 0 hộ');
  });

  it('its numbers sum on both sides whenever the accounting closes', () => {
    const n = fc.nat(5000);
    fc.assert(
      fc.property(n, n, n, n, n, n, n, (a, b, poor, near, not, unknown, review) => {
        const byStatus = { poor, near_poor: near, not_poor: not, not_computable: unknown };
        const distinctHouseholds = poor + near + not + unknown + review;
        const rowsRead = a + b + distinctHouseholds;
        const some = { ...counts, byStatus, distinctHouseholds, rowsRead, needsReview: review };
        const all = { ...some, repeatedHeaders: a, exactDuplicates: b };
        const [left, right] = addingUp(all).replaceAll('.', '').split('=');
        const sum = [...(right ?? '').matchAll(/\d+/g)].reduce((t, [m]) => t + Number(m), 0);
        expect(sum).toBe(Number.parseInt(left ?? '', 10));
        expect(closes(all)).toBe(true);
        expect(closes({ ...all, exactDuplicates: b + 1 })).toBe(false);
      }),
    );
  });
});

describe('hasSomething', () => {
  it('is false while every household is held back', () => {
    const none = { created: 0, updated: 0, unchanged: 0, conflicting: 4 };
    expect(hasSomething({ ...counts, changes: none })).toBe(false);
    expect(hasSomething({ ...counts, changes: { ...none, unchanged: 1 } })).toBe(true);
  });
});

describe('a file with sheets of others', () => {
  const sheet = (name: string, unitCode: string | null, over: Partial<RowCounts>): SheetCounts => ({
    ...counts,
    ...{ sheet: name, unitCode, unitValidFrom: null, unitName: null, unreadColumns: [], ...over },
  });
  const own = sheet('Xã Mẫu', '06004', { distinctHouseholds: 124, needsReview: 1 });
  const summary: ImportSummary = {
    ...counts,
    ...{ importId: 'i', state: 'previewed', fileName: 'a.xlsx', round: 2025, standard: 'PS-2022' },
    ...{ alreadyImported: false, actorId: 'a', createdAt: new Date(0), committedAt: null },
    ...{ voidedAt: null, voidReason: null, unresolvedSheets: [], skippedSheets: [] },
    ...{ classDisagreements: 18, possibleSameHousehold: 1 },
    sheets: [
      { ...own, classDisagreements: 6, possibleSameHousehold: 0 },
      sheet('Xã Khác', null, { classDisagreements: 12, possibleSameHousehold: 1 }),
    ],
  };

  it('counts the sheets that are written apart from the file', () => {
    const data = importPageData(summary);
    expect(data.isPartial).toBe(true);
    expect(data.counts.classDisagreements).toBe(18);
    expect(data.written).toMatchObject({ classDisagreements: 6, possibleSameHousehold: 0 });
    expect(data.written).toMatchObject({ distinctHouseholds: 124, needsReview: 1 });
    expect(writtenTitle(data)).toBe('Sẽ ghi 1 trong 2 trang tính, có 124 hộ');
  });

  it('is one account where every sheet is written, and names no household where none is', () => {
    expect(importPageData({ ...summary, sheets: [own] }).isPartial).toBe(false);
    const none = importPageData({ ...summary, sheets: [sheet('?', null, {})] });
    expect(writtenTitle(none)).toBe('Không trang tính nào được ghi');
  });
});
