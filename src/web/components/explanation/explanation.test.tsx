import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { explanationExample } from './example.js';
import { Explanation } from './explanation.js';

describe('Explanation', () => {
  it('keeps the article beside its step and says what was not verified', () => {
    const html = render(explanationExample());
    expect(html).toContain('Văn bản mẫu, điều 1');
    expect(html).toContain('chưa đối chiếu văn bản gốc');
    expect(html).toContain('Còn thiếu');
  });

  it('does not speak of missing data when nothing is missing', () => {
    expect(render(<Explanation steps={[]} missing={[]} />)).not.toContain('Còn thiếu');
  });
});
