import { describe, expect, test } from 'vitest';
import { explainHousehold, stepText } from './explain-household.js';

const row = { round: 2025, standard_id: 'PS-2022', area: 'rural' as const };

describe('the class of a household in sentences', () => {
  test('names score, limit, area and article', () => {
    const { status, standard, steps, missing } = explainHousehold({ ...row, b1: '125.0', b2: 30 });
    expect({ status, standard, missing }).toEqual({
      status: 'poor',
      standard: 'PS-2022',
      missing: [],
    });
    expect(steps.map(stepText)).toEqual([
      'Năm hiệu lực 2026: áp dụng chuẩn nghèo đa chiều giai đoạn 2022–2025, áp dụng đến hết năm 2026 (PS-2022) – NĐ 351/2025/NĐ-CP; NĐ 07/2021/NĐ-CP điều 3.',
      'Điểm B1 = 125 ≤ 140 (điểm B1 ứng với chuẩn nghèo, nông thôn) – NĐ 07/2021/NĐ-CP điều 3; TT 07/2021/TT-BLĐTBXH.',
      'Điểm B2 = 30 ≥ 30 (điểm B2 của hộ nghèo) – NĐ 07/2021/NĐ-CP điều 3; TT 07/2021/TT-BLĐTBXH.',
      'Kết luận: hộ nghèo – NĐ 07/2021/NĐ-CP điều 3.',
    ]);
  });

  test('names what is missing in Vietnamese', () => {
    const { status, missing } = explainHousehold({ ...row, b1: null, b2: 30 });
    expect(status).toBe('not_computable');
    expect(missing).toContain('điểm B1');
  });

  test('reads the indicators when there is no score of them', () => {
    const flags = { deprived_emp: true, deprived_wat: true, deprived_toi: true };
    const { status, steps } = explainHousehold({ ...row, b1: 100, b2: null, ...flags });
    expect(status).toBe('poor');
    expect(steps.map(({ sentence }) => sentence).join(' ')).toContain('nguồn nước sinh hoạt');
  });

  test('a score that its indicators contradict is not believed', () => {
    const ids = [
      'emp',
      'dep',
      'nut',
      'ins',
      'adu',
      'chi',
      'hqu',
      'har',
      'wat',
      'toi',
      'tel',
      'inf',
    ];
    const none = Object.fromEntries(ids.map((id) => [`deprived_${id}`, false]));
    const { status, missing } = explainHousehold({ ...row, ...none, b1: 100, b2: 30 });
    expect(status).toBe('not_computable');
    expect(missing).toContain('điểm B2');
  });

  test('the standard named by the round is used; without one it follows the effect year', () => {
    expect(explainHousehold({ ...row, b1: 100, b2: 30, standard_id: null }).standard).toBe(
      'PS-2022',
    );
    const early = { ...row, round: 2020, standard_id: null };
    expect(explainHousehold({ ...early, b1: 100, b2: 30 }).standard).toBe('PS-2016');
  });
});
