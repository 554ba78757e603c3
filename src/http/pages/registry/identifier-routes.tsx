import { Problem, httpStatusOf, newId, cutText, tidyText } from '../../../kernel/index.js';
import {
  IDENTIFIER_LABEL,
  enterIdentifier,
  findByIdentifier,
  householdView,
  identifierRights,
  revealIdentifier,
  seeingNumbers,
  spacedNumber,
} from '../../../registry/index.js';
import type { HouseholdMember, HouseholdView } from '../../../registry/index.js';
import { withActor } from '../../../store/index.js';
import type { Tx } from '../../../store/index.js';
import type { Ctx } from '../../env.js';
import { fields } from '../../fields.js';
import { officer } from '../../officer.js';
import { idOf, notFound } from '../../query.js';
import { page } from '../../render-page.js';
import { NumberFormPage, NumberSearchPage, RevealedPage } from './identifier-pages.js';

/** Wrong input is drawn on the form; failures of ours and what is not there go on. */
function refusedBy(error: unknown): Problem {
  if (error instanceof Problem && ['refused', 'conflict'].includes(error.kind)) return error;
  throw error;
}

/** The office that answers for looking at whole numbers is that of the role which opens them there. */
const BY_NUMBERS = { permission: 'identifier:read' as const };

/** POST /ho/tim-so: the number stands in the body, so that no log and no history keeps it. */
export async function numberSearch(c: Ctx): Promise<Response> {
  const actor = seeingNumbers(officer(c));
  const form = await fields(c);
  try {
    const find = (tx: Tx) => findByIdentifier(tx, form['number'] ?? '');
    const found = await withActor(c.get('store'), actor, find, BY_NUMBERS);
    const only = found.length === 1 ? found[0]?.householdId : null;
    if (only) return c.redirect(`/ho/${only}`, 303);
    return page(c, <NumberSearchPage shell={c.get('shell')} problem={null} found={found} />);
  } catch (error) {
    const problem = refusedBy(error);
    const drawn = <NumberSearchPage shell={c.get('shell')} problem={problem} found={[]} />;
    return page(c, drawn, httpStatusOf(problem));
  }
}

/** POST /ho/:id/so-dinh-danh/xem */
export async function numberReveal(c: Ctx): Promise<Response> {
  const actor = officer(c);
  const householdId = idOf(c.req.param('id'));
  const form = await fields(c);
  const identifierId = idOf(form['identifier']);
  const reason = cutText(tidyText(form['reason'] ?? ''), 300);
  if (reason === '') throw reasonMissing();
  const store = c.get('store');
  const reveal = async (tx: Tx) => {
    const revealed = await revealIdentifier(tx, { householdId, identifierId, reason });
    const view = await householdView(tx, householdId);
    return { revealed, name: memberOf(view, revealed.personId).fullName };
  };
  const shown = await withActor(store, seeingNumbers(actor), reveal, BY_NUMBERS);
  const { kind, digits } = shown.revealed;
  return page(
    c,
    <RevealedPage
      shell={c.get('shell')}
      householdId={householdId}
      name={shown.name}
      label={IDENTIFIER_LABEL[kind]}
      number={spacedNumber(digits)}
      reason={reason}
    />,
  );
}

/** GET /ho/:id/so-dinh-danh/:person */
export const numberForm = (c: Ctx): Promise<Response> =>
  drawForm(c, null, { number: '', reason: '' });

/** POST /ho/:id/so-dinh-danh/:person */
export async function numberRecord(c: Ctx): Promise<Response> {
  const actor = officer(c);
  const householdId = idOf(c.req.param('id'));
  const personId = idOf(c.req.param('person'));
  const form = await fields(c);
  const number = form['number'] ?? '';
  const reason = form['reason'] ?? '';
  const isConfirmed = form['confirmed'] === '1';
  const input = { householdId, personId, number, reason, isConfirmed };
  const commandId = form['commandId'] ?? '';
  try {
    await enterIdentifier(c.get('store'), { actor, commandId }, input);
    return c.redirect(`/ho/${householdId}#so-dinh-danh`, 303);
  } catch (error) {
    return drawForm(c, refusedBy(error), { number, reason });
  }
}

async function drawForm(
  c: Ctx,
  problem: Problem | null,
  typed: { number: string; reason: string },
): Promise<Response> {
  const actor = officer(c);
  const householdId = idOf(c.req.param('id'));
  const personId = idOf(c.req.param('person'));
  const store = c.get('store');
  const view = await withActor(store, actor, async (tx) => {
    const found = await householdView(tx, householdId);
    const rights = found && (await identifierRights(tx, found.place.placeId));
    return rights?.canRecord ? found : null;
  });
  const member = memberOf(view, personId);
  const standing = (view?.identifiers ?? [])
    .filter((one) => one.personId === personId)
    .map(({ kind, masked }) => `${IDENTIFIER_LABEL[kind]} ${masked ?? 'không mở được'}`);
  return page(
    c,
    <NumberFormPage
      shell={c.get('shell')}
      {...{ householdId, personId, standing, problem, typed }}
      name={member.fullName}
      about={aboutOf(member)}
      commandId={newId(store.clock)}
    />,
    problem ? httpStatusOf(problem) : 200,
  );
}

/** A member of a household that may be seen; nobody else exists. */
function memberOf(view: HouseholdView | null, personId: string): HouseholdMember {
  const member = view?.members.find((one) => one.personId === personId);
  if (!member) throw notFound();
  return member;
}

function aboutOf({ sex, birthYear }: HouseholdMember): string {
  const who = sex === null ? 'chưa rõ giới tính' : sex === 'male' ? 'nam' : 'nữ';
  return `${who}, ${birthYear === null ? 'chưa rõ năm sinh' : `sinh năm ${birthYear}`}`;
}

const reasonMissing = (): Problem =>
  new Problem('refused', {
    code: 'reason-missing',
    what: 'Xem đầy đủ số định danh thì phải nêu lý do.',
    todo: 'Quay lại, ghi lý do rồi gửi lại.',
  });
