import {
  household,
  householdHistoryPage,
  householdList,
} from './pages/registry/household-routes.js';
import {
  numberForm,
  numberRecord,
  numberReveal,
  numberSearch,
} from './pages/registry/identifier-routes.js';
import { onceReviewed } from './pages/no-rounds-page.js';
import { small } from './body-limits.js';
import type { Env } from './env.js';
import { rateLimit } from './rate-limit.js';
import type { Registrar } from './registrar.js';

/** The book of households. */
export function addRegistry(site: Registrar<Env>): void {
  const searches = rateLimit({ name: 'search', perMinute: 120, by: 'session' });
  const numbers = rateLimit({ name: 'personal-number', perMinute: 30, by: 'session' });
  const households = onceReviewed('households', 'Hộ trong địa bàn', householdList);
  site.get('household:read', '/ho', searches, households);
  site.post('identifier:read', '/ho/tim-so', numbers, small(), numberSearch);
  site.get('household:read', '/ho/:id', household);
  site.get('household:read', '/ho/:id/lich-su', householdHistoryPage);
  site.post('identifier:read', '/ho/:id/so-dinh-danh/xem', numbers, small(), numberReveal);
  site.get('identifier:propose', '/ho/:id/so-dinh-danh/:person', numberForm);
  // A number that stands for somebody else is answered with their name.
  site.post('identifier:propose', '/ho/:id/so-dinh-danh/:person', numbers, small(), numberRecord);
}
