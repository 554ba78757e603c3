import { expect, test } from 'vitest';
import { Problem } from '../../../kernel/index.js';
import { render } from '../../../web/index.js';
import { shellExample } from '../shell-fixture.js';
import { AskPage } from './ask-page.js';
import { UsesPage } from './uses-page.js';

const use = { when: '09:30 26/11/2026', what: 'Việc', who: 'UBND xã Mẫu', purpose: null };
const draw = (uses: Parameters<typeof UsesPage>[0]['uses']) =>
  render(<UsesPage shell={shellExample} village="Thôn Mẫu 01" uses={uses} hasMore={false} />);

test('only a reading without a purpose is told as one; what says itself what for is not', () => {
  expect(draw([{ ...use, isReading: true }])).toContain('Để làm gì: không ghi');
  expect(draw([{ ...use, isReading: false }])).not.toContain('Để làm gì');
  expect(draw([{ ...use, isReading: false, purpose: 'mất phiếu' }])).toContain(
    'Để làm gì: mất phiếu',
  );
});

test('a refusal keeps what was typed, as text', () => {
  const problem = new Problem('refused', { code: 'code-unknown', what: 'Không khớp.' });
  const html = render(
    <AskPage shell={shellExample} problem={problem} typed={{ code: 'AB"<b>', year: '1968' }} />,
  );
  expect(html).toContain('value="1968"');
  expect(html).toContain('value="AB&quot;&lt;b&gt;"');
});
