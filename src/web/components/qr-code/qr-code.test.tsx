import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { qrCodeExample } from './example.js';

describe('QrCode', () => {
  it('draws each run of dark cells once, inside a quiet border, and says what it is', () => {
    const html = render(qrCodeExample());
    expect(html).toContain('viewBox="0 0 11 11"');
    expect(html).toContain('d="M4 4h2v1h-2zM5 5h1v1h-1zM4 6h1v1h-1zM6 6h1v1h-1z"');
    expect(html).toContain('aria-label="Mã QR mẫu"');
    expect(html).not.toContain('style=');
  });
});
