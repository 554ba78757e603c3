import { describe, expect, it } from 'vitest';
import type { SeriesPoint } from '../../../figures/index.js';
import { render } from '../../../web/index.js';
import { bridgeExample, formExample, seriesExample } from './home-fixture.js';
import {
  bridgeTitle,
  findingOf,
  highest,
  kindOf,
  provenance,
  tilesOf,
  unitLines,
} from './home-model.js';
import { HomePage, PartialHome } from './home-page.js';
import { shellExample as demoShell } from '../shell-fixture.js';

const points = seriesExample().points;
const latest = points[3]!;
const before = points[2]!;

describe('the finding of the home page', () => {
  it('states value and change with their two units', () => {
    expect(findingOf(latest, before)).toBe(
      'Năm 2025 còn 4,00\u00A0% hộ nghèo, giảm 2,00 điểm phần trăm so với năm 2024',
    );
  });

  it('says that it rose, and that it stood still', () => {
    const changed = (value: string): SeriesPoint => ({
      ...latest,
      change: { value, unit: 'percentage_point', numerator: null, denominator: null },
    });
    expect(findingOf(changed('0.30'), before)).toContain('tăng 0,30 điểm phần trăm');
    expect(findingOf(changed('0.00'), before)).toContain('không đổi so với năm 2024');
  });

  it('gives no change where none may be given (another standard, first round)', () => {
    const alone = { ...latest, change: null, changeReason: 'khác chuẩn' };
    expect(findingOf(alone, before)).toBe('Năm 2025 còn 4,00\u00A0% hộ nghèo');
    expect(findingOf({ ...latest, figure: null }, before)).toContain('chưa đủ dữ liệu');
  });
});

describe('how a point came to be', () => {
  it('is published only where the very value was published', () => {
    expect(points.map(kindOf)).toEqual(['published', 'derived', 'interpolated', 'published']);
    const published = { ...latest.published!, value: '4.01' };
    expect(kindOf({ ...latest, published })).toBe('interpolated');
  });

  it('never takes a forecast for a published figure', () => {
    const forecast = { ...latest.published!, status: 'forecast' as const };
    expect(kindOf({ ...latest, published: forecast })).not.toBe('published');
  });

  it('says that rows are simulated and calibrated, and which year is itself derived', () => {
    expect(provenance(seriesExample())).toBe(
      'tính từ sổ hộ mô phỏng, hiệu chỉnh theo số đã công bố; ' +
        'riêng số công bố của năm 2023 là số suy ra; năm 2024 là số nội suy hoặc mô phỏng',
    );
  });

  it('leaves a round under way out of that sentence and out of the line', () => {
    const open = { ...latest, round: 2026, figure: { ...latest.figure!, value: null } };
    const series = { ...seriesExample(), points: [...points, open] };
    expect(provenance(series)).toBe(provenance(seriesExample()));
  });

  it('does not speak of simulation over real rows', () => {
    const real = points.map((p) => ({ ...p, figure: { ...p.figure!, synthetic: false } }));
    expect(provenance({ ...seriesExample(), points: real })).toBe('tính từ sổ rà soát từng hộ');
  });
});

describe('units of the map and the table', () => {
  it('orders by rate and leaves out units without a figure', () => {
    const names = highest(unitLines(formExample()), 6).map((line) => line.name);
    expect(names).toEqual(['Xã Mẫu Một', 'Xã Mẫu Hai']);
  });

  it('keeps a unit without a figure on the map, with the reason', () => {
    const grid = [{ code: '00003', column: 0, row: 0 }];
    expect(tilesOf(unitLines(formExample()), grid)).toMatchObject([
      { value: null, note: 'chưa có dữ liệu' },
    ]);
  });
});

describe('HomePage', () => {
  const data = {
    series: seriesExample(),
    bridge: bridgeExample(),
    pairs: [
      { from: 2023, to: 2024 },
      { from: 2024, to: 2025 },
    ],
    form: formExample(),
    grid: [{ code: '00001', column: 0, row: 0 }],
    boundaryInstrument: '1672/NQ-UBTVQH15',
    olderRound: 2024,
    boundaryFrom: '01/07/2025',
  };

  it('shows finding, series, bridge, map and table on one page', () => {
    const html = render(<HomePage shell={demoShell} data={data} />);
    for (const text of ['−2,00', 'Vì sao giảm 2,00 điểm', 'Xã Mẫu Một', '1672/NQ-UBTVQH15']) {
      expect(html).toContain(text);
    }
    expect(html).toContain('/?cau=2023-2024#cau-noi');
    expect(html.match(/class="mark"/g)).toHaveLength(4);
  });

  it('says that nothing is there yet instead of drawing empty charts', () => {
    const none = { ...data, series: { ...data.series, points: [] }, bridge: null };
    const html = render(<HomePage shell={{ ...demoShell, isDemo: false }} data={none} />);
    expect(html).toContain('Chưa có đợt rà soát nào');
    expect(html).not.toContain('<svg');
  });

  it('names the communes that have rows while the province has no figure', () => {
    const { series: _s, bridge: _b, pairs: _p, ...ground } = data;
    const form = {
      ...data.form,
      status: 'provisional' as const,
      coverage: { units: 3, unitsWithRows: 2, unitsDecided: 0 },
    };
    const partial = { ...ground, form, olderRound: null };
    const html = render(<PartialHome shell={{ ...demoShell, isDemo: false }} data={partial} />);
    expect(html).toContain('Năm 2025 mới có số liệu của 2 trên 3 xã, phường');
    expect(html).toContain('đếm theo kết quả đề xuất');
    expect(html).toContain('Xã Mẫu Một');
    expect(html).not.toContain('theo đơn vị cũ');
    expect(html).not.toContain('MÔ PHỎNG');
  });

  it('gives the reason when no bridge can be drawn', () => {
    const change = { ...data.bridge.change, value: null };
    const bridge = { ...data.bridge, change, parts: [], reason: 'Hai đợt khác chuẩn.' };
    expect(bridgeTitle(bridge)).toBe('Từ năm 2024 đến năm 2025');
    const html = render(<HomePage shell={demoShell} data={{ ...data, bridge }} />);
    expect(html).toContain('Hai đợt khác chuẩn.');
  });
});
