import { Card } from './card.js';

export const cardExample = () => (
  <Card title="Một phát hiện" lead="Cái gì, ở đâu, đơn vị nào" source="Nguồn mẫu" id="mau" wide>
    Nội dung
  </Card>
);
