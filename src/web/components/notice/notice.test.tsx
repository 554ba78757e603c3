import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { noticeExample } from './example.js';
import { Notice } from './notice.js';

describe('Notice', () => {
  it('says what, why and what to do, in this order', () => {
    const text = render(noticeExample()).replace(/<[^>]*>/g, ' ');
    expect(text.replace(/\s+/g, ' ').trim()).toBe('Không ghi được. Tệp đã thay đổi. Tải lại tệp.');
  });

  it('interrupts a screen reader only for a refusal', () => {
    expect(render(noticeExample('alert'))).toContain('role="alert"');
    expect(render(noticeExample('done'))).toContain('role="status"');
  });

  it('leaves no empty line for what is not known', () => {
    expect(render(<Notice what="Xong." />).match(/<p>/g)).toHaveLength(1);
  });
});
