import { describe, expect, it } from 'vitest';
import { publishedFigures } from './pack-files.js';
import { publishedOf } from './series.js';

const published = publishedFigures('20');

describe('published figures of Lạng Sơn', () => {
  it('2025: the decision counts, not the forecast', () => {
    const all = publishedOf(published, 'poverty-rate', '20', 2025);
    expect(all.map(({ status, value }) => [status, value])).toEqual([
      ['official', '2.32'],
      ['forecast', '1.36'],
    ]);
  });

  it('2021: "over 23,510" is not an exact count', () => {
    const [poor] = publishedOf(published, 'poor-households', '20', 2021);
    expect(poor).toMatchObject({ value: 23510, precision: 'over', status: 'reported' });
  });

  it('2023: a value that was looked for and not found is null, not 0', () => {
    expect(publishedOf(published, 'poverty-rate', '20', 2023)[0]).toMatchObject({
      value: null,
      status: 'missing',
    });
  });

  it('every figure names its source', () => {
    expect(published.filter((one) => one.source.length < 5 || one.standard === '')).toEqual([]);
  });
});
