import { describe, expect, it } from 'vitest';
import { render } from '../../../web/index.js';
import { formExample } from '../home/home-fixture.js';
import { FormSheet } from './form-sheet.js';

describe('FormSheet', () => {
  it('has one column of equal width for each number, and one for the name', () => {
    const form = formExample();
    const html = render(<FormSheet form={form} />);
    expect(html.match(/<col class="number"/g)).toHaveLength(form.columns.length);
    expect(html.match(/<col class="name"/g)).toHaveLength(1);
    expect(html).not.toContain('<col class="measure"');
  });

  it('writes a formula as people do and lets it break before an operator', () => {
    const html = render(<FormSheet form={formExample()} />);
    expect(html).toContain('<small>= 3/1<wbr/>×100<wbr/></small>');
  });

  it('keeps the rows of a unit together and shows a hidden cell as hidden', () => {
    const form = formExample();
    const rows = form.rows.slice(0, 2).flatMap((row) => [
      { ...row, measure: 'household' as const, suppressed: ['3'] },
      { ...row, measure: 'person' as const },
    ]);
    const html = render(<FormSheet form={{ ...form, rows }} />);
    expect(html.match(/<tbody/g)).toHaveLength(2);
    expect(html.match(/rowspan="2"/g)?.length).toBeGreaterThanOrEqual(2);
    expect(html.match(/>ẩn</g)).toHaveLength(2);
  });
});
