import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { tileMapExample } from './example.js';
import { fiveSteps } from './steps.js';
import { TileMap } from './tile-map.js';

describe('TileMap', () => {
  it('links each unit and names it with its value', () => {
    const html = render(tileMapExample());
    expect(html.match(/<a /g)).toHaveLength(6);
    expect(html).toContain('<title>Xã Thuỵ Hùng: 4,25 %</title>');
    expect(html).toContain('>4,3<');
  });

  it('shows a hidden value as hidden, with the reason, and not as zero', () => {
    const html = render(tileMapExample());
    expect(html).toContain('Xã Quý Hoà: ẩn để bảo vệ thông tin cá nhân');
    expect(html).toContain('class="tile q0"');
    expect(html).toContain('ẩn hoặc chưa có');
  });

  it('escapes a hostile name', () => {
    const tile = { code: 'x', name: '<script>"', href: '/', column: 0, row: 0, value: '1.00' };
    const html = render(<TileMap tiles={[tile]} label="x" isSimulated={false} />);
    expect(html).not.toContain('<script>');
  });
});

describe('fiveSteps', () => {
  it('gives rising bounds and a step for every value, however the values lie', () => {
    const rates = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 80 });
    fc.assert(
      fc.property(rates, (values) => {
        const steps = fiveSteps(values);
        expect(steps.bounds).toHaveLength(4);
        expect(steps.labels).toHaveLength(5);
        expect([...steps.bounds].sort((a, b) => a - b)).toEqual(steps.bounds);
        expect(new Set(steps.bounds).size).toBe(4);
        for (const value of values) expect(steps.stepOf(value)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('puts a bound into the upper step, as its label says', () => {
    const steps = fiveSteps([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(steps.labels[0]).toBe('dưới 2');
    expect(steps.stepOf(2)).toBe(2);
  });
});
