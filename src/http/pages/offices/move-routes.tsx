import type { Choices, MovePlan } from '../../../access/index.js';
import {
  eventDays,
  findRole,
  listMoves,
  moveStateOf,
  peopleNamed,
  unitsEnding,
  voidMove,
} from '../../../access/index.js';
import { areaRegister, keyOf, keyIn } from '../../../areas/index.js';
import { planMoveOfOffices, previewOfficeMove } from '../../../jobs/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { Problem, newId, parsePlainDate, today } from '../../../kernel/index.js';
import { withActor } from '../../../store/index.js';
import type { Ctx } from '../../env.js';
import { fields } from '../../fields.js';
import { officer } from '../../officer.js';
import { boundariesOf, idOf, unitCodeOf } from '../../query.js';
import { page } from '../../render-page.js';
import { statusOf } from '../access/refused.js';
import { MovePage } from './move-page.js';
import { PreviewPage } from './preview-page.js';

const PATH = '/to-chuc/sap-xep';

const DONE: Readonly<Record<string, string>> = {
  planned: 'Đã lập việc sắp xếp; đến ngày hệ thống tự thực hiện.',
  executed: 'Đã thực hiện việc sắp xếp.',
  voided: 'Đã hủy việc sắp xếp.',
};

/** GET /to-chuc/sap-xep */
export const moves = (c: Ctx): Promise<Response> =>
  drawMoves(c, boundariesOf(c.req.query('ngay')) ?? null, null);

async function drawMoves(
  c: Ctx,
  asked: PlainDate | null,
  problem: Problem | null,
): Promise<Response> {
  const store = c.get('store');
  const { provinceCode } = c.get('instance');
  const days = eventDays(provinceCode);
  const on = asked ?? days[0]?.on ?? null;
  const found = await withActor(
    store,
    officer(c),
    async (tx) => ({
      moves: await listMoves(tx),
      units: on === null ? [] : await unitsEnding(tx, provinceCode, on),
    }),
    { readOnly: true },
  );
  const word = c.req.query('xong') ?? '';
  return page(
    c,
    <MovePage
      shell={c.get('shell')}
      {...{ days, on, problem, ...found }}
      done={Object.hasOwn(DONE, word) ? (DONE[word] ?? null) : null}
      newCommandId={() => newId(store.clock)}
    />,
    statusOf(c, problem),
  );
}

/** GET /to-chuc/sap-xep/xem */
export async function movePreview(c: Ctx): Promise<Response> {
  const on = boundariesOf(c.req.query('ngay'));
  const unitCode = unitCodeOf(c.req.query('xa'), '');
  if (!on || unitCode === '') return c.redirect(PATH, 303);
  return drawPreview(c, { on, unitCode, choices: {} }, null);
}

interface Asked {
  on: PlainDate;
  unitCode: string;
  choices: Choices;
}

async function drawPreview(c: Ctx, asked: Asked, problem: Problem | null): Promise<Response> {
  const store = c.get('store');
  const actor = officer(c);
  const plan = await previewOfficeMove(store, { actor, ...asked });
  const found = await withActor(
    store,
    actor,
    async (tx) => ({
      people: await peopleNamed(tx, idsIn(plan)),
      moveState: await moveStateOf(tx, plan.from),
    }),
    { readOnly: true },
  );
  return page(
    c,
    <PreviewPage
      shell={c.get('shell')}
      {...{ plan, problem, ...found, unitLabel }}
      unitName={unitLabel(keyOf(plan.from))}
      roleLabel={(role) => findRole(role)?.label ?? role}
      isDue={asked.on <= today(store.clock)}
      commandId={newId(store.clock)}
    />,
    statusOf(c, problem),
  );
}

const idsIn = ({ roles }: MovePlan): string[] => [
  ...new Set(roles.map(({ personId }) => personId)),
];

const unitLabel = (target: string): string => areaRegister().unit(keyIn(target))?.name ?? target;

const CHOICE = /^vai-tro\.(.+)$/;

/** What is told on the form itself. */
const AGAIN = new Set(['move-undecided', 'move-planned-already', 'move-nothing-left']);

/** POST /to-chuc/sap-xep */
export async function planRoute(c: Ctx): Promise<Response> {
  const form = await fields(c);
  const on = parsePlainDate(form['ngay'] ?? '');
  if (!on) throw badDay();
  const unitCode = unitCodeOf(form['xa'], '');
  const choices = Object.fromEntries(
    Object.entries(form).flatMap(([key, value]): [string, string][] => {
      const id = CHOICE.exec(key)?.[1];
      return id !== undefined && value ? [[id, value]] : [];
    }),
  );
  const asked = { on, unitCode, choices };
  try {
    const input = { actor: officer(c), commandId: form['commandId'] ?? '', ...asked };
    const { state } = await planMoveOfOffices(c.get('store'), input);
    return c.redirect(`${PATH}?ngay=${on}&xong=${state}`, 303);
  } catch (error) {
    const isAgain = error instanceof Problem && AGAIN.has(error.code);
    if (!isAgain) throw error;
    return drawPreview(c, asked, error);
  }
}

/** POST /to-chuc/sap-xep/:id/huy */
export async function voidRoute(c: Ctx): Promise<Response> {
  const form = await fields(c);
  const moveId = idOf(c.req.param('id'));
  try {
    await voidMove(c.get('store'), {
      ...{ actor: officer(c), commandId: form['commandId'] ?? '', moveId },
      reason: form['ly-do'] ?? '',
    });
    return c.redirect(`${PATH}?xong=voided`, 303);
  } catch (error) {
    const isAgain =
      error instanceof Problem && ['move-not-planned', 'reason-missing'].includes(error.code);
    if (!isAgain) throw error;
    return drawMoves(c, null, error);
  }
}

const badDay = (): Problem =>
  new Problem('usage', {
    code: 'bad-date',
    what: 'Ngày gửi lên không đọc được.',
    todo: 'Chọn ngày trong danh sách.',
  });
