import { BridgeChart } from './bridge-chart.js';

/** A bridge between two rounds. Values are made up. */
export const bridgeChartExample = () => (
  <BridgeChart
    isSimulated
    label="Phân tích thay đổi 2024 → 2025"
    from={{ label: '2024', hundredths: 675 }}
    to={{ label: '2025', hundredths: 400 }}
    steps={[
      { label: 'Thoát nghèo', hundredths: -402 },
      { label: 'Phát sinh mới', hundredths: 90 },
      { label: 'Tái nghèo', hundredths: 21 },
      { label: 'số hộ dân cư', hundredths: 15 },
      { label: 'khác', hundredths: 1 },
    ]}
  />
);
