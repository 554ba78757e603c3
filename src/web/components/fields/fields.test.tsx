import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { fieldsExample } from './example.js';

describe('fields', () => {
  it('labels each input, ties its hint to it and sends files as multipart', () => {
    const html = render(fieldsExample());
    expect(html).toContain('<label for="file">');
    expect(html).toContain('aria-describedby="file-hint"');
    expect(html).toContain('enctype="multipart/form-data"');
    expect(html).toContain('name="commandId" value="0190"');
    expect(html).toMatch(/<option value="2025" selected/);
    expect(html).not.toMatch(/<option value="2024" selected/);
  });
});
