import { listMoves, listOffices, officeView } from '../../../access/index.js';
import { today } from '../../../kernel/index.js';
import { may, withActor } from '../../../store/index.js';
import type { Ctx } from '../../env.js';
import { officer } from '../../officer.js';
import { idOf } from '../../query.js';
import { page } from '../../render-page.js';
import { OfficeListPage } from './office-list-page.js';
import { OfficePage } from './office-page.js';

/** GET /to-chuc */
export async function officeList(c: Ctx): Promise<Response> {
  const actor = officer(c);
  const store = c.get('store');
  const on = today(store.clock);
  const canPlan = may(actor, 'office:propose');
  const { offices, waiting } = await withActor(
    store,
    actor,
    async (tx) => ({
      offices: await listOffices(tx, on),
      waiting: canPlan ? await listMoves(tx, 'planned') : null,
    }),
    { readOnly: true },
  );
  return page(c, <OfficeListPage shell={c.get('shell')} {...{ offices, on, waiting }} />);
}

/** GET /to-chuc/co-quan/:id */
export async function officePage(c: Ctx): Promise<Response> {
  const officeId = idOf(c.req.param('id'));
  const office = await withActor(c.get('store'), officer(c), (tx) => officeView(tx, officeId), {
    readOnly: true,
  });
  return page(c, <OfficePage shell={c.get('shell')} office={office} />);
}
