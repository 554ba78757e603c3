import { Card } from '../card/card.js';
import type { Shell } from './page.js';
import { Page } from './page.js';

export const demoShell: Shell = {
  isDemo: true,
  provinceName: 'tỉnh Lạng Sơn',
  stylesheetHref: '/style.css',
  user: null,
};

export const pageExample = (shell: Shell = demoShell) => (
  <Page shell={shell} title="Trang mẫu" sub="Một câu nói rõ cái gì, ở đâu, khi nào" nav="figures">
    <Card title="Một phát hiện" source="Nguồn mẫu">
      Nội dung.
    </Card>
  </Page>
);
