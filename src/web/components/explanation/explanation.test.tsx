import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { timelineExample } from '../timeline/example.js';
import { explanationExample } from './example.js';
import { Explanation } from './explanation.js';

describe('Explanation and Timeline', () => {
  it('keeps the article beside its step and says what was not verified', () => {
    const html = render(explanationExample());
    expect(html).toContain('Văn bản mẫu, điều 1');
    expect(html).toContain('chưa đối chiếu văn bản gốc');
    expect(html).toContain('Còn thiếu');
  });

  it('does not speak of missing data when nothing is missing', () => {
    expect(render(<Explanation steps={[]} missing={[]} />)).not.toContain('Còn thiếu');
  });

  it('marks a round that could not be computed by form, not only by words', () => {
    expect(render(timelineExample())).toContain('<li class="unknown">');
  });
});
