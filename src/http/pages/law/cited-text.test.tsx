import { describe, expect, it } from 'vitest';
import { render } from '../../../web/index.js';
import { CitedText } from './cited-text.js';

const html = (text: string) => render(<CitedText text={text} />);

describe('CitedText', () => {
  it('links the documents of the register and keeps every character of the text', () => {
    const text = 'Theo NĐ 07/2021/NĐ-CP điều 3; 24/2021/QĐ-TTg.';
    const linked = html(text);
    expect(linked.match(/<a /g)).toHaveLength(2);
    expect(linked).toContain('/van-ban/xem?so=24%2F2021%2FQ%C4%90-TTg');
    expect(linked.replace(/<[^>]*>/g, '')).toBe(text);
  });

  it('leaves text without documents, and hostile text, as it is', () => {
    expect(html('Tỷ lệ 3/4 <b>')).toBe('Tỷ lệ 3/4 &lt;b&gt;');
  });
});
