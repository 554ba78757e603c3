import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { pagerExample } from './example.js';

describe('Pager', () => {
  it('links neighbours only where they exist', () => {
    expect(render(pagerExample(1, 3))).not.toContain('?trang=0');
    expect(render(pagerExample(3, 3))).not.toContain('?trang=4');
    const middle = render(pagerExample(2, 3));
    expect(middle).toContain('href="?trang=1"');
    expect(middle).toContain('href="?trang=3"');
  });

  it('says nothing when one page holds all', () => {
    expect(render(<div>{pagerExample(1, 1)}</div>)).toBe('<div></div>');
  });
});
