import {
  closeInspection,
  joinInspection,
  leaveInspection,
  listInspections,
  openInspection,
  publishInspection,
} from '../../../audit/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { Problem, httpStatusOf, newId, parsePlainDate } from '../../../kernel/index.js';
import { may, withActor } from '../../../store/index.js';
import type { Actor, Store } from '../../../store/index.js';
import type { Ctx } from '../../env.js';
import { fields } from '../../fields.js';
import { officer } from '../../officer.js';
import { idOf } from '../../query.js';
import { page } from '../../render-page.js';
import { isTold } from '../../told.js';
import { InspectionPage } from './inspection-page.js';

const PATH = '/nhat-ky/thanh-tra';

/** A form that was refused: why, of which inspection (`null` = a new one), and what was typed. */
interface Refused {
  problem: Problem;
  of: string | null;
  typed: Readonly<Record<string, string | undefined>>;
}

/** GET /nhat-ky/thanh-tra */
export const inspections = (c: Ctx): Promise<Response> => draw(c, null);

async function draw(c: Ctx, refused: Refused | null): Promise<Response> {
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
      refused={refused}
    />,
    refused ? httpStatusOf(refused.problem) : 200,
  );
}

/** Does the act and shows the list again; a refusal is told there, and the form keeps what was typed. */
async function act(
  c: Ctx,
  of: string | null,
  work: (form: Record<string, string | undefined>) => Promise<unknown>,
): Promise<Response> {
  const form = await fields(c);
  try {
    await work(form);
  } catch (error) {
    if (!isTold(error)) throw error;
    return draw(c, { problem: error, of, typed: form });
  }
  return c.redirect(PATH, 303);
}

/** POST /nhat-ky/thanh-tra */
export const openInspectionRoute = (c: Ctx): Promise<Response> =>
  act(c, null, (form) => {
    const { commandId = '', title = '', decisionNumber = '', signer = '' } = form;
    const decisionDate = dayOf(form['decisionDate'], 'Ngày quyết định');
    const input = { actor: officer(c), commandId, title, decisionNumber, decisionDate, signer };
    return openInspection(c.get('store'), input);
  });

type Act = (
  store: Store,
  act: { actor: Actor; commandId: string; inspectionId: string },
) => Promise<unknown>;

/** POST /nhat-ky/thanh-tra/:id/tham-gia, …/roi, …/ket-thuc */
const simple =
  (work: Act) =>
  (c: Ctx): Promise<Response> => {
    const inspectionId = idOf(c.req.param('id'));
    return act(c, inspectionId, ({ commandId = '' }) =>
      work(c.get('store'), { actor: officer(c), commandId, inspectionId }),
    );
  };

export const joinRoute = simple(joinInspection);
export const leaveRoute = simple(leaveInspection);
export const closeRoute = simple(closeInspection);

/** POST /nhat-ky/thanh-tra/:id/cong-khai */
export function publishRoute(c: Ctx): Promise<Response> {
  const inspectionId = idOf(c.req.param('id'));
  return act(c, inspectionId, (form) => {
    const { commandId = '', resultNumber = '' } = form;
    const publicOn = dayOf(form['publicOn'], 'Ngày công khai');
    const input = { actor: officer(c), commandId, inspectionId, resultNumber, publicOn };
    return publishInspection(c.get('store'), input);
  });
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
