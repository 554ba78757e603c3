import { Timeline } from './timeline.js';

export const timelineExample = () => (
  <Timeline
    label="Kết quả qua các đợt"
    items={[
      { when: '2023', what: 'Hộ nghèo', more: 'B1 95,0 · B2 40', tone: 'strong' },
      { when: '2024', what: 'Hộ cận nghèo', more: 'B1 120,0 · B2 20', tone: 'soft' },
      { when: '2025', what: 'Chưa đủ dữ liệu', tone: 'unknown' },
    ]}
  />
);
