import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { BridgeChart } from './bridge-chart.js';
import { bridgeChartExample } from './example.js';

describe('BridgeChart', () => {
  it('hatches what lowers the rate and outlines what raises it', () => {
    const html = render(bridgeChartExample());
    expect(html.match(/class="bar down"/g)).toHaveLength(1);
    expect(html.match(/class="bar up"/g)).toHaveLength(4);
    expect(html).toContain('−4,02');
    expect(html).toContain('không phải số liệu chính thức');
  });

  it('refuses to draw steps that do not arrive at the end', () => {
    const draw = () =>
      render(
        <BridgeChart
          isSimulated={false}
          label="x"
          from={{ label: 'a', hundredths: 300 }}
          to={{ label: 'b', hundredths: 200 }}
          steps={[{ label: 'c', hundredths: -99 }]}
        />,
      );
    expect(draw).toThrow(RangeError);
  });

  it('draws any sums within the picture, without a negative height', () => {
    const step = fc.integer({ min: -400, max: 900 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.array(step, { maxLength: 6 }), (a, xs) => {
        const sum = a + xs.reduce((total, x) => total + x, 0);
        const html = render(
          <BridgeChart
            isSimulated
            label="x"
            from={{ label: 'a', hundredths: a }}
            to={{ label: 'b', hundredths: sum }}
            steps={xs.map((hundredths, i) => ({ label: `s${i}`, hundredths }))}
          />,
        );
        expect(html).not.toMatch(/NaN|Infinity|height="-/);
      }),
    );
  });
});
