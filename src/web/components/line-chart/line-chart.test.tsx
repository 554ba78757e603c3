import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { lineChartExample } from './example.js';
import type { LinePoint } from './line-chart.js';
import { LineChart } from './line-chart.js';

const point = (round: number, value: string | null, standard = 'PS-2022'): LinePoint => ({
  round,
  value,
  kind: 'published',
  standard,
});
const draw = (points: LinePoint[]) =>
  render(<LineChart points={points} label="Tỷ lệ" isSimulated={false} />);

describe('LineChart', () => {
  it('writes each value and each change in points, with a real minus sign', () => {
    const html = render(lineChartExample());
    expect(html).toContain('>10,00<');
    for (const change of ['−2,00', '−1,50', '+0,25', '−2,75']) expect(html).toContain(change);
    expect(html).toContain('SỐ LIỆU MÔ PHỎNG');
  });

  it('never joins rounds of two standards and gives no change across them', () => {
    const html = draw([point(2020, '7.00', 'PS-2016'), point(2021, '12.00', 'PS-2022')]);
    expect(html).not.toContain('class="line"');
    expect(html).not.toContain('+5,00');
  });

  it('never joins a place with another that had its code before', () => {
    const html = draw([point(2024, '6.32'), { ...point(2025, '2.24'), isApart: true }]);
    expect(html).not.toContain('class="line"');
    expect(html).not.toContain('−4,08');
  });

  it('breaks at a round without a figure instead of drawing zero', () => {
    const html = draw([point(2021, '12.00'), point(2022, null), point(2023, '9.00')]);
    expect(html).not.toContain('class="line"');
    expect(html.match(/<circle/g)).toHaveLength(2);
    expect(html).toContain('2022: chưa có số liệu');
  });

  it('draws a single round and a series of nothing but zeros', () => {
    expect(draw([point(2025, '2.32')])).not.toContain('NaN');
    expect(draw([point(2024, '0.00'), point(2025, '0.00')])).not.toMatch(/NaN|Infinity/);
  });
});
