import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { Card } from './card.js';
import { cardExample } from './example.js';

describe('Card', () => {
  it('is headed, can be linked to, and gives its source under the picture', () => {
    const html = render(cardExample());
    expect(html).toMatch(/^<section class="card wide" id="mau"><h2>Một phát hiện<\/h2>/);
    expect(html.indexOf('Nguồn mẫu')).toBeGreaterThan(html.indexOf('Nội dung'));
  });

  it('has no empty lead and no empty source', () => {
    expect(render(<Card title="Chỉ có tên" />)).toBe(
      '<section class="card"><h2>Chỉ có tên</h2></section>',
    );
  });
});
