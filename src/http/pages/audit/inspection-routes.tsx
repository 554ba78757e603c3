import {
  closeInspection,
  joinInspection,
  leaveInspection,
  listInspections,
  openInspection,
  publishInspection,
} from '../../../audit/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { Problem, newId, parsePlainDate } from '../../../kernel/index.js';
import { may, withActor } from '../../../store/index.js';
import type { Actor, Store } from '../../../store/index.js';
import type { Ctx } from '../../env.js';
import { fields } from '../../fields.js';
import { officer } from '../../officer.js';
import { idOf } from '../../query.js';
import { page } from '../../render-page.js';
import { InspectionPage } from './inspection-page.js';

const PATH = '/nhat-ky/thanh-tra';

/** GET /nhat-ky/thanh-tra */
export async function inspections(c: Ctx): Promise<Response> {
  const actor = officer(c);
  const store = c.get('store');
  const found = await withActor(store, actor, listInspections, { readOnly: true });
  return page(
    c,
    <InspectionPage
      shell={c.get('shell')}
      inspections={found}
      canWork={may(actor, 'inspection:propose')}
      canDecide={may(actor, 'inspection:decide')}
      commandId={() => newId(store.clock)}
    />,
  );
}

/** POST /nhat-ky/thanh-tra */
export async function openInspectionRoute(c: Ctx): Promise<Response> {
  const actor = officer(c);
  const form = await fields(c);
  const { commandId = '', title = '', decisionNumber = '', signer = '' } = form;
  const decisionDate = dayOf(form['decisionDate'], 'Ngày quyết định');
  const input = { actor, commandId, title, decisionNumber, decisionDate, signer };
  await openInspection(c.get('store'), input);
  return c.redirect(PATH, 303);
}

type Act = (
  store: Store,
  act: { actor: Actor; commandId: string; inspectionId: string },
) => Promise<unknown>;

/** POST /nhat-ky/thanh-tra/:id/tham-gia, …/roi, …/ket-thuc */
const simple =
  (act: Act) =>
  async (c: Ctx): Promise<Response> => {
    const { commandId = '' } = await fields(c);
    const inspectionId = idOf(c.req.param('id'));
    await act(c.get('store'), { actor: officer(c), commandId, inspectionId });
    return c.redirect(PATH, 303);
  };

export const joinRoute = simple(joinInspection);
export const leaveRoute = simple(leaveInspection);
export const closeRoute = simple(closeInspection);

/** POST /nhat-ky/thanh-tra/:id/cong-khai */
export async function publishRoute(c: Ctx): Promise<Response> {
  const form = await fields(c);
  const { commandId = '', resultNumber = '' } = form;
  const inspectionId = idOf(c.req.param('id'));
  const publicOn = dayOf(form['publicOn'], 'Ngày công khai');
  const act = { actor: officer(c), commandId, inspectionId, resultNumber, publicOn };
  await publishInspection(c.get('store'), act);
  return c.redirect(PATH, 303);
}

function dayOf(text: string | undefined, label: string): PlainDate {
  const day = parsePlainDate(text ?? '');
  if (day) return day;
  throw new Problem('refused', {
    code: 'bad-date',
    what: `${label} không đọc được.`,
    todo: 'Chọn ngày trong lịch, hoặc viết như 12/10/2025.',
  });
}
