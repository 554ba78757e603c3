import { LineChart } from './line-chart.js';

/** Five rounds with each way a figure can come to be. Values are made up. */
export const lineChartExample = () => (
  <LineChart
    isSimulated
    label="Tỷ lệ hộ nghèo, toàn tỉnh"
    points={[
      { round: 2021, value: '10.00', kind: 'published', standard: 'PS-2022' },
      { round: 2022, value: '8.00', kind: 'derived', standard: 'PS-2022' },
      { round: 2023, value: '6.50', kind: 'interpolated', standard: 'PS-2022' },
      { round: 2024, value: '6.75', kind: 'published', standard: 'PS-2022' },
      { round: 2025, value: '4.00', kind: 'published', standard: 'PS-2022' },
    ]}
  />
);
