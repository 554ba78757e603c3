import type { Shell } from '../../web/index.js';

/** The shell of a demonstration as the public sees it, for tests of pages. */
export const shellExample: Shell = {
  isDemo: true,
  provinceName: 'tỉnh Lạng Sơn',
  stylesheetHref: '/style.css',
  user: null,
};
