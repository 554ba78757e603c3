import { describe, expect, it } from 'vitest';
import { render } from '../../../web/index.js';
import type { UnresolvedLine } from './unresolved-sheets.js';
import { UnresolvedSheets } from './unresolved-sheets.js';

const line = (change: Partial<UnresolvedLine> = {}): UnresolvedLine => ({
  sheet: 'Danh "sách"',
  what: 'Tên trang không phải xã nào.',
  isAssignable: true,
  candidates: [{ value: '06004', label: 'Xã Mẫu (Tỉnh Mẫu)' }],
  ...change,
});

const draw = (sheets: UnresolvedLine[], action: string | null = '/nhap-lieu/1/trang-tinh') =>
  render(
    <UnresolvedSheets
      sheets={sheets}
      units={[{ value: '06625', label: 'Xã Kiên Mộc' }]}
      action={action}
      commandId="c"
    />,
  );

describe('UnresolvedSheets', () => {
  it('asks for a unit and chooses none itself', () => {
    const html = draw([line()]);
    expect(html).toContain('name="trang:Danh &quot;sách&quot;"');
    expect(html.indexOf('06004')).toBeLessThan(html.indexOf('06625'));
    expect(html).not.toContain('selected');
    expect(html).toContain('Xem trước lại');
  });

  it('offers nothing for a sheet outside the area of the person', () => {
    const html = draw([line({ isAssignable: false })]);
    expect(html).not.toContain('<select');
    expect(html).not.toContain('<form');
    expect(html).toContain('Tên trang không phải xã nào.');
    expect(html).toContain('1 trang tính ngoài địa bàn được giao');
    expect(html).not.toContain('chưa rõ thuộc đơn vị nào');
  });

  it('asks nothing once the import was written', () => {
    expect(draw([line()], null)).not.toContain('<select');
  });
});
