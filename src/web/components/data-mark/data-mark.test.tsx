import { expect, it } from 'vitest';
import { render } from '../../render.js';
import { dataMarkExample } from './example.js';

it('says in both lines that the figures are simulated and not official', () => {
  const html = render(dataMarkExample());
  expect(html).toContain('SỐ LIỆU MÔ PHỎNG');
  expect(html).toContain('không phải số liệu chính thức');
  expect(html).toMatch(/^<text /);
});
