import { Explanation } from './explanation.js';

export const explanationExample = () => (
  <Explanation
    steps={[
      { sentence: 'Điểm B1 là 120,0, không quá 140.', citation: 'Văn bản mẫu, điều 1' },
      { sentence: 'Chưa biết chỉ số dinh dưỡng.', state: 'chưa đối chiếu văn bản gốc' },
    ]}
    missing={['Chỉ số dinh dưỡng']}
  />
);
