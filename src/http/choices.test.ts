import { describe, expect, it } from 'vitest';
import { areaRegister } from '../areas/index.js';
import { day } from '../kernel/index.js';
import { areaChoices, boundaryChoices, changesOf, roundChoices } from './choices.js';

const register = areaRegister();

describe('what a page lets one choose', () => {
  it('offers a round in its own units and in those of each later change', () => {
    const labels = boundaryChoices(register, '20', 2022).map((choice) => choice.label);
    expect(labels).toEqual([
      'Đơn vị của năm 2022 (200 xã, phường, thị trấn)',
      'Đơn vị từ 01/12/2024 (194 xã, phường, thị trấn)',
      'Đơn vị từ 01/07/2025 (65 xã, phường, thị trấn)',
    ]);
    expect(boundaryChoices(register, '20', 2025)).toHaveLength(1);
  });

  it('knows the two days on which the communes changed', () => {
    expect(changesOf(register, '20')).toEqual(['2024-12-01', '2025-07-01']);
  });

  it('offers the province first, then its communes of the day', () => {
    const choices = areaChoices(register, '20', day('2025-12-31'));
    expect(choices[0]).toEqual({ value: '20', label: 'Toàn tỉnh' });
    expect(choices).toHaveLength(66);
  });

  it('puts the latest round first', () => {
    expect(roundChoices([2021, 2023, 2022]).map((choice) => choice.value)).toEqual([
      '2023',
      '2022',
      '2021',
    ]);
  });
});
