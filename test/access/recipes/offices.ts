import { newId } from '../../../src/kernel/index.js';
import { makes, open } from './recipe.js';

const EVENT = '2025-07-01';

/**
 * Offices hold no household; who holds roles in them is told to their own people and to who runs the
 * accounts. Handing a role over needs a colleague, and in this world nobody has one; a move is planned by
 * who runs the offices of that province alone: both are tried as acts that may come to nothing.
 */
export const offices = {
  'GET /uy-quyen': open({}, '?vai-tro=x', '?xong=rut'),
  'POST /uy-quyen': makes(
    () => ({
      ...{ commandId: newId(), 'vai-tro': newId(), 'nguoi-nhan': newId() },
      ...{ tu: '', den: '2025-12-31', 'ly-do': 'Thử quyền' },
    }),
    { changesSession: true },
  ),
  'POST /uy-quyen/:id/rut': makes(() => ({ commandId: newId(), 'ly-do': 'Thử quyền' }), {
    changesSession: true,
  }),
  'GET /to-chuc': open(),
  'GET /to-chuc/co-quan/:id': open(),
  'GET /to-chuc/sap-xep': open({}, `?ngay=${EVENT}`),
  'GET /to-chuc/sap-xep/xem': open({}, `?ngay=${EVENT}&xa=06016`, `?ngay=${EVENT}&xa=06622`),
  'POST /to-chuc/sap-xep': makes(() => ({ commandId: newId(), ngay: EVENT, xa: '06016' }), {
    changesSession: true,
  }),
  'POST /to-chuc/sap-xep/:id/huy': makes(() => ({ commandId: newId(), 'ly-do': 'Thử quyền' }), {
    changesSession: true,
  }),
};
