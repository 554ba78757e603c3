import { describe, expect, it } from 'vitest';
import { instantText } from './instant.js';

describe('instantText', () => {
  it('shows the clock of Vietnam, over midnight and over the year', () => {
    expect(instantText(new Date('2025-12-31T17:05:00Z'))).toBe('00:05 01/01/2026');
    expect(instantText(new Date('2025-07-01T01:00:00Z'))).toBe('08:00 01/07/2025');
  });
});
