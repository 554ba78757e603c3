import type { OwnDelegations, OwnRole } from '../../../access/index.js';
import {
  delegateRole,
  ownDelegations,
  receiversFor,
  withdrawDelegation,
} from '../../../access/index.js';
import { Problem, newId, today } from '../../../kernel/index.js';
import { withActor } from '../../../store/index.js';
import type { Ctx } from '../../env.js';
import { fields } from '../../fields.js';
import { officer } from '../../officer.js';
import { idOf } from '../../query.js';
import { page } from '../../render-page.js';
import { statusOf } from '../access/refused.js';
import type { TypedDelegation } from './delegation-page.js';
import { DelegationPage } from './delegation-page.js';

const DONE: Readonly<Record<string, string>> = {
  'uy-quyen': 'Đã ủy quyền. Người nhận thấy việc của mình từ ngày bắt đầu.',
  rut: 'Đã rút ủy quyền; từ giờ phút này nó không còn cho quyền gì.',
};
const PERMISSION = /^viec\.(.+)$/;

const NOTHING: TypedDelegation = {
  ...{ receiver: '', from: '', until: '', reason: '', permissions: null },
};

/** GET /uy-quyen */
export const delegations = (c: Ctx): Promise<Response> =>
  draw(c, c.req.query('vai-tro') ?? '', NOTHING, null);

/** POST /uy-quyen */
export async function delegateRoute(c: Ctx): Promise<Response> {
  const form = await fields(c);
  const permissions = Object.keys(form).flatMap((key) => PERMISSION.exec(key)?.[1] ?? []);
  const typed: TypedDelegation = {
    receiver: form['nguoi-nhan'] ?? '',
    ...{ from: form['tu'] ?? '', until: form['den'] ?? '', reason: form['ly-do'] ?? '' },
    permissions,
  };
  const assignmentId = form['vai-tro'] ?? '';
  return orAgain(c, assignmentId, typed, async () => {
    await delegateRole(c.get('store'), {
      ...{ actor: officer(c), commandId: form['commandId'] ?? '', permissions },
      ...{ assignmentId: idOf(assignmentId), receiverId: idOf(typed.receiver) },
      ...{ from: typed.from, until: typed.until, reason: typed.reason },
    });
    return c.redirect('/uy-quyen?xong=uy-quyen', 303);
  });
}

/** POST /uy-quyen/:id/rut */
export async function withdrawRoute(c: Ctx): Promise<Response> {
  const form = await fields(c);
  const assignmentId = idOf(c.req.param('id'));
  return orAgain(c, '', NOTHING, async () => {
    await withdrawDelegation(c.get('store'), {
      ...{ actor: officer(c), commandId: form['commandId'] ?? '', assignmentId },
      reason: form['ly-do'] ?? '',
    });
    return c.redirect('/uy-quyen?xong=rut', 303);
  });
}

const AGAIN: ReadonlySet<Problem['code']> = new Set(['reason-missing']);

/** Draws the page again with what was wrong; what is not there, or not theirs, stays so. */
async function orAgain(
  c: Ctx,
  assignmentId: string,
  typed: TypedDelegation,
  act: () => Promise<Response>,
): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    const isAgain =
      error instanceof Problem && (error.code.startsWith('delegation-') || AGAIN.has(error.code));
    if (!isAgain || error.kind === 'not-found') throw error;
    return draw(c, assignmentId, typed, error);
  }
}

async function draw(
  c: Ctx,
  assignmentId: string,
  typed: TypedDelegation,
  problem: Problem | null,
): Promise<Response> {
  const store = c.get('store');
  const { own, role, colleagues } = await withActor(
    store,
    officer(c),
    async (tx) => {
      const own = await ownDelegations(tx);
      const role = chosenRole(own, assignmentId);
      return { own, role, colleagues: role ? await receiversFor(tx, role) : [] };
    },
    { readOnly: true },
  );
  const word = c.req.query('xong') ?? '';
  return page(
    c,
    <DelegationPage
      shell={c.get('shell')}
      {...{ own, role, colleagues, typed, problem }}
      today={today(store.clock)}
      done={Object.hasOwn(DONE, word) ? (DONE[word] ?? null) : null}
      newCommandId={() => newId(store.clock)}
    />,
    statusOf(c, problem),
  );
}

const chosenRole = ({ roles }: OwnDelegations, assignmentId: string): OwnRole | null =>
  roles.find((one) => one.assignmentId === assignmentId) ?? roles[0] ?? null;
