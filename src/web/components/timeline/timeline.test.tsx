import { expect, it } from 'vitest';
import { render } from '../../render.js';
import { timelineExample } from './example.js';

it('keeps the order of the rounds and tells classes apart by form', () => {
  const html = render(timelineExample());
  expect(
    [...html.matchAll(/<li class="(\w+)"><b>(\d+)/g)].map(([, tone, year]) => [year, tone]),
  ).toEqual([
    ['2023', 'strong'],
    ['2024', 'soft'],
    ['2025', 'unknown'],
  ]);
  expect(html).toContain('aria-label="Kết quả qua các đợt"');
});
