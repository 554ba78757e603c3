import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { DataTable } from './data-table.js';
import { dataTableExample } from './example.js';

describe('DataTable', () => {
  it('heads every column and every row', () => {
    const html = render(dataTableExample());
    expect(html.match(/scope="col"/g)).toHaveLength(3);
    expect(html.match(/scope="row"/g)).toHaveLength(2);
    expect(html).toContain('<td class="n w">1.234</td>');
  });

  it('says in words that there is nothing, instead of an empty table', () => {
    const html = render(<DataTable caption="x" rows={[]} columns={[]} empty="Chưa có dòng nào." />);
    expect(html).not.toContain('<table');
    expect(html).toContain('Chưa có dòng nào.');
  });
});
