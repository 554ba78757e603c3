import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { identityStripExample } from './example.js';
import { IdentityStrip } from './identity-strip.js';

describe('IdentityStrip', () => {
  it('opens by itself when something does not balance and links what lies behind', () => {
    const html = render(identityStripExample());
    expect(html).toMatch(/<details[^>]* open/);
    expect(html).toContain(
      '1 đẳng thức đúng, 1 đẳng thức lệch, 1 chưa tính được: kỳ đầu của chuẩn',
    );
    expect(html).toContain('chênh 2');
    expect(html).toContain('href="/bieu-mau/2/ho"');
  });

  it('stays closed and quiet when all holds', () => {
    const html = render(
      <IdentityStrip checks={[{ id: 'a', title: 't', ok: true, difference: 0 }]} />,
    );
    expect(html).not.toMatch(/<details[^>]* open/);
    expect(html).not.toContain('lệch');
  });

  it('gives no link to those who may not see the households', () => {
    const check = { id: 'a', title: 't', ok: false, difference: 1, href: null };
    expect(render(<IdentityStrip checks={[check]} />)).not.toContain('<a ');
  });
});
