import fc from 'fast-check';
import jsqr from 'jsqr';
import { expect, test } from 'vitest';
import { qrCells } from './qr-cells.js';

/** What a camera would see: each cell four dots wide, with a light border. */
function photograph(cells: readonly (readonly boolean[])[]): {
  data: Uint8ClampedArray;
  side: number;
} {
  const [scale, quiet] = [4, 4];
  const side = (cells.length + 2 * quiet) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const isDark = cells[Math.floor(y / scale) - quiet]?.[Math.floor(x / scale) - quiet];
      if (isDark) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return { data, side };
}

type Reader = (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null;

// The package is of the other module kind: its function may be the default of its default.
const read = ((jsqr as { default?: unknown }).default ?? jsqr) as Reader;

test('an independent reader finds the text again, whatever it is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^otpauth:\/\/totp\/[A-Za-z0-9%:?=&]{1,150}$/), (text) => {
      const { data, side } = photograph(qrCells(text));
      expect(read(data, side, side)?.data).toBe(text);
    }),
    { numRuns: 20 },
  );
});
