import { small } from './body-limits.js';
import type { Env } from './env.js';
import { delegateRoute, delegations, withdrawRoute } from './pages/offices/delegation-routes.js';
import { movePreview, moves, planRoute, voidRoute } from './pages/offices/move-routes.js';
import { officeList, officePage } from './pages/offices/office-routes.js';
import type { Registrar } from './registrar.js';

/** Offices, who holds what in them, handing a role over, and moves when communes end. */
export function addOffices(site: Registrar<Env>): void {
  site.get('signed-in', '/uy-quyen', delegations);
  site.post('signed-in', '/uy-quyen', small(), delegateRoute);
  site.post('signed-in', '/uy-quyen/:id/rut', small(), withdrawRoute);
  site.get('office:read', '/to-chuc', officeList);
  site.get('office:read', '/to-chuc/co-quan/:id', officePage);
  site.get('office:propose', '/to-chuc/sap-xep', moves);
  site.get('office:propose', '/to-chuc/sap-xep/xem', movePreview);
  site.post('office:propose', '/to-chuc/sap-xep', small(), planRoute);
  site.post('office:propose', '/to-chuc/sap-xep/:id/huy', small(), voidRoute);
}
