import { newId } from '../../../src/kernel/index.js';
import type { WorldRecord } from '../world/world.js';
import type { FormSetting } from './recipe.js';
import { acts, open, shows } from './recipe.js';

const EVENT = '2025-07-01';

const reason = () => ({ commandId: newId(), 'ly-do': 'Thử quyền' });

/** A colleague in the office of the role, to whom nothing was handed yet. */
const handover = ({ world, record }: FormSetting) => ({
  ...{ ...reason(), 'vai-tro': record?.id ?? newId(), 'viec.household:read': 'on' },
  'nguoi-nhan': world.actors.find(({ is }) => is.name === 'colleague in N3')?.accountId ?? newId(),
  ...{ tu: '', den: '2026-02-28' },
});

const isOf =
  (name: string) =>
  ({ parties = [] }: WorldRecord): boolean =>
    parties.includes(name);

/** Pages about offices, and acts on roles that somebody holds there. */
export const offices = {
  'GET /uy-quyen': open({}, '?vai-tro=x', '?xong=rut'),
  'POST /uy-quyen': acts('role', handover, isOf('hands over in N3')),
  'POST /uy-quyen/:id/rut': acts('delegation', reason, ({ state }) => state === 'open'),
  'GET /to-chuc': open(),
  'GET /to-chuc/co-quan/:id': shows('office'),
  'GET /to-chuc/sap-xep': open({}, `?ngay=${EVENT}`),
  'GET /to-chuc/sap-xep/xem': open({}, `?ngay=${EVENT}&xa=06016`, `?ngay=${EVENT}&xa=06622`),
  // Which units end is in the public register.
  'POST /to-chuc/sap-xep': {
    ...acts(
      'ending',
      ({ record }) => ({ commandId: newId(), ngay: EVENT, xa: record?.word ?? '99999' }),
      () => true,
    ),
    isRegistered: true as const,
  },
  'POST /to-chuc/sap-xep/:id/huy': acts('move', reason, ({ state }) => state === 'planned'),
};
