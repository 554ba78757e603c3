import { INDICATOR_CODES } from '../figures/index.js';
import type { Clock } from '../kernel/index.js';
import { Problem } from '../kernel/index.js';
import type { PublicView } from '../publication/index.js';
import { createPublicApp } from './app.js';

/**
 * Draws the main public pages from a view that nobody sees yet.
 * @returns which page fails, in a sentence; `null` when all can be shown
 */
export async function tryPublicPages(view: PublicView, clock: Clock): Promise<string | null> {
  const source = { current: () => Promise.resolve(view) };
  const app = createPublicApp({ source, clock });
  // A sentence for people (no round yet) is an answer; anything else is a failure of the edition.
  app.onError((error, c) => c.text('', error instanceof Problem ? 200 : 500));
  const { provinceCode } = await view.door.instance();
  for (const address of addressesOf(provinceCode)) {
    const { status } = await app.request(address);
    if (status >= 500) return `Không dựng được trang ${address} từ bản này.`;
  }
  return null;
}

const addressesOf = (provinceCode: string): string[] => [
  ...['/', '/bieu-mau', '/bieu-mau/1', '/bieu-mau/2', '/bieu-mau/3', '/nhat-ky/neo'],
  ...INDICATOR_CODES.map((code) => `/so-lieu/${code}`),
  `/dia-ban/${provinceCode}`,
];
