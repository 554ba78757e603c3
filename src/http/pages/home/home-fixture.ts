import type { Bridge, Figure, Form, Series, SeriesPoint } from '../../../figures/index.js';
import { changeInPoints, day, percentRate } from '../../../kernel/index.js';

// Made-up values in the shapes of the figures room, for tests of the pages alone.

const COVERAGE = { units: 3, unitsWithRows: 3, unitsDecided: 3 };

export function figureExample(round: number, numerator: number, denominator: number): Figure {
  return {
    code: 'poverty-rate',
    name: 'Tỷ lệ hộ nghèo',
    area: '20',
    areaName: 'Tỉnh Lạng Sơn',
    areaValidFrom: day('1950-01-01'),
    period: round,
    boundaries: day(`${round}-12-31`),
    standard: 'PS-2022',
    unit: 'percent',
    value: percentRate(numerator, denominator).value,
    numerator,
    denominator,
    source: {
      kind: 'computed',
      file: 'sql/views/indicators/poverty-rate.sql',
      countedStatus: 'recognised_status',
      legalBasis: ['07/2021/NĐ-CP, Điều 3'],
    },
    status: 'recognised',
    synthetic: true,
    pending: 0,
    notComputable: 0,
    coverage: COVERAGE,
    missing: [],
  };
}

type Published = SeriesPoint['published'];

function published(round: number, value: string, status: 'official' | 'derived'): Published {
  return {
    code: 'poverty-rate',
    area: '20',
    round,
    value,
    unit: 'percent',
    status,
    precision: 'exact',
    note: null,
    source: 'Nguồn mẫu',
    standard: 'PS-2022',
  };
}

/** 10,00 % published, 8,00 % derived, 6,00 % nobody published, 4,00 % published. */
export function seriesExample(): Series {
  const figures = [1000, 800, 600, 400].map((n, i) => figureExample(2022 + i, n, 10_000));
  const known = [
    published(2022, '10.00', 'official'),
    published(2023, '8.00', 'derived'),
    null,
    published(2025, '4.00', 'official'),
  ];
  const points = figures.map((figure, i): SeriesPoint => {
    const before = figures[i - 1];
    const change = before
      ? changeInPoints(
          percentRate(before.numerator, before.denominator),
          percentRate(figure.numerator, figure.denominator),
        )
      : null;
    const best = known[i] ?? null;
    return {
      round: figure.period,
      standard: 'PS-2022',
      figure,
      change,
      published: best,
      allPublished: best ? [best] : [],
    };
  });
  return {
    code: 'poverty-rate',
    area: '20',
    areaName: 'Tỉnh Lạng Sơn',
    boundaries: 'as-was',
    points,
  };
}

export function bridgeExample(): Bridge {
  const part = (id: Bridge['parts'][number]['id'], label: string, hundredths: number) => ({
    id,
    label,
    households: hundredths,
    hundredths,
    value: (hundredths / 100).toFixed(2),
  });
  return {
    from: 2024,
    to: 2025,
    area: '20',
    areaName: 'Tỉnh Lạng Sơn',
    boundaries: day('2025-12-31'),
    standard: 'PS-2022',
    status: 'recognised',
    synthetic: true,
    before: percentRate(600, 10_000),
    after: percentRate(400, 10_000),
    change: changeInPoints(percentRate(600, 10_000), percentRate(400, 10_000)),
    parts: [
      part('escaped', 'Thoát nghèo', -300),
      part('newly-poor', 'Phát sinh mới', 70),
      part('re-poor', 'Tái nghèo', 20),
      part('household-number', 'số hộ dân cư', 10),
    ],
  };
}

/** Form 1 of a province with three communes, one of which has no rows. */
export function formExample(): Form {
  const row = (code: string, name: string, level: 'province' | 'commune', n: number | null) => ({
    unitCode: code,
    unitValidFrom: day('2025-07-01'),
    name,
    level,
    measure: null,
    cells: {
      '1': n === null ? null : 1000,
      '2': n === null ? null : 4000,
      '3': n,
      '4': percentRate(n, n === null ? null : 1000),
      '5': n,
      '6': percentRate(n, n === null ? null : 1000),
    },
  });
  const column = (number: number, title: string, formula: string | null = null) => ({
    number,
    title,
    unit: formula ? ('percent' as const) : ('household' as const),
    formula,
    group: number < 3 ? 'Tổng số dân cư' : number < 5 ? 'Hộ nghèo' : 'Hộ cận nghèo',
  });
  return {
    form: 1,
    title: 'Kết quả rà soát hộ nghèo, hộ cận nghèo',
    round: 2025,
    area: '20',
    areaName: 'Tỉnh Lạng Sơn',
    boundaries: day('2025-12-31'),
    standard: 'PS-2022',
    status: 'recognised',
    countedStatus: 'recognised_status',
    synthetic: true,
    columns: [
      column(1, 'Số hộ'),
      column(2, 'Số nhân khẩu'),
      column(3, 'Số hộ'),
      column(4, 'Tỷ lệ (%)', '3/1*100'),
      column(5, 'Số hộ'),
      column(6, 'Tỷ lệ (%)', '5/1*100'),
    ],
    rows: [
      row('20', 'Tỉnh Lạng Sơn', 'province', 400),
      row('00001', 'Xã Mẫu Một', 'commune', 90),
      row('00002', 'Xã Mẫu Hai', 'commune', 20),
      row('00003', 'Phường Mẫu Ba', 'commune', null),
    ],
    identities: [],
    pending: 0,
    coverage: COVERAGE,
    missing: [],
    source: { files: ['sql/views/forms/form-1.sql'], legalBasis: [] },
  };
}
