import { findRole } from '../../../access/index.js';
import { readInstance } from '../../../figures/index.js';
import type { Problem } from '../../../kernel/index.js';
import { httpStatusOf, newId, tidyText } from '../../../kernel/index.js';
import {
  approveList,
  boardLine,
  checkSignedPaper,
  decideList,
  listLists,
  listView,
  postingOf,
  prepareAgain,
  prepareList,
  recognitionBoard,
  returnList,
  signedPaper,
  submitList,
  withdrawList,
} from '../../../review/index.js';
import type { ListAct, ListKind } from '../../../review/index.js';
import { signatureText } from '../../../signing/index.js';
import { may, withActor } from '../../../store/index.js';
import type { Actor, Tx } from '../../../store/index.js';
import { roundChoices } from '../../choices.js';
import { download } from '../../download.js';
import type { Ctx } from '../../env.js';
import { fields, postedForm } from '../../fields.js';
import { officer } from '../../officer.js';
import { idOf, notFound, roundOf, unitCodeOf } from '../../query.js';
import { page } from '../../render-page.js';
import { noRounds } from '../../rounds.js';
import { isTold } from '../../told.js';
import type { TypedDecision } from './acts-card.js';
import { BoardPage } from './board-page.js';
import { ListPage } from './list-page.js';
import { todoOf, waitingUnits } from './list-model.js';
import { PostingPage } from './posting-page.js';
import { PreparePage } from './prepare-page.js';

const reading = <T,>(c: Ctx, work: (tx: Tx) => Promise<T>) =>
  withActor(c.get('store'), officer(c), work, { readOnly: true, permission: 'list:read' });

const proposing = <T,>(c: Ctx, work: (tx: Tx) => Promise<T>) =>
  withActor(c.get('store'), officer(c), work, { readOnly: true, permission: 'list:propose' });

/** GET /danh-sach?dot= */
export async function listBoard(c: Ctx): Promise<Response> {
  const all = (await readInstance(c.get('store'))).rounds.map((one) => one.round);
  const last = all.at(-1);
  if (last === undefined) throw noRounds();
  const round = roundOf(c.req.query('dot'), last);
  const lists = await reading(c, (tx) => listLists(tx, round));
  const board = may(officer(c), 'list:propose')
    ? await proposing(c, (tx) => recognitionBoard(tx, round))
    : null;
  const shell = c.get('shell');
  const rounds = roundChoices([...new Set([...all, round])]);
  const todo = [...todoOf(lists), ...waitingUnits(board ?? [], round)];
  const shown = { round, rounds, todo, lists, board };
  return page(c, <BoardPage shell={shell} {...shown} />);
}

/** GET /danh-sach/moi?dot=&xa= */
export const prepareForm = (c: Ctx): Promise<Response> =>
  drawPrepare(c, roundOf(c.req.query('dot'), 0), unitCodeOf(c.req.query('xa'), ''), null);

async function drawPrepare(
  c: Ctx,
  round: number,
  code: string,
  problem: Problem | null,
): Promise<Response> {
  const line = await proposing(c, (tx) => boardLine(tx, round, code));
  if (!line) throw notFound();
  const { clock } = c.get('store');
  const commandIds = { recognition: newId(clock), revocation: newId(clock) };
  return page(
    c,
    <PreparePage shell={c.get('shell')} {...{ round, line, commandIds, problem }} />,
    problem ? httpStatusOf(problem) : 200,
  );
}

/** POST /danh-sach: begins a list. */
export async function prepareRoute(c: Ctx): Promise<Response> {
  const form = await fields(c);
  const round = roundOf(form['dot'], 0);
  const unitCode = unitCodeOf(form['xa'], '');
  const kind: ListKind = form['kind'] === 'revocation' ? 'revocation' : 'recognition';
  const reason = (kind === 'revocation' ? form['why'] : form['reason']) ?? '';
  const call = { actor: officer(c), commandId: form['commandId'] ?? '' };
  try {
    const listId = await prepareList(c.get('store'), { ...call, kind, round, unitCode, reason });
    return c.redirect(`/danh-sach/${listId}`, 303);
  } catch (error) {
    if (!isTold(error)) throw error;
    return drawPrepare(c, round, unitCode, error);
  }
}

/** GET /danh-sach/:id */
export const listPage = (c: Ctx): Promise<Response> =>
  drawList(c, idOf(c.req.param('id')), { problem: null, typed: {} });

interface Drawn {
  problem: Problem | null;
  typed: TypedDecision;
}

async function drawList(c: Ctx, id: string, { problem, typed }: Drawn): Promise<Response> {
  const store = c.get('store');
  const list = await reading(c, (tx) => listView(tx, id));
  if (!list) throw notFound();
  const check = list.decision && (await checkSignedPaper(store, officer(c), id));
  const paper = check && { ...check, signatures: check.signatures.map(signatureText) };
  const commandIds = Object.fromEntries(list.acts.map(({ act }) => [act, newId(store.clock)]));
  return page(
    c,
    <ListPage
      shell={c.get('shell')}
      {...{ list, commandIds, problem, typed, paper }}
      roleText={(role) => (role === null ? null : (findRole(role)?.label ?? role))}
    />,
    problem ? httpStatusOf(problem) : 200,
  );
}

type Acting = (call: {
  actor: Actor;
  commandId: string;
  listId: string;
  reason: string;
}) => Promise<unknown>;

/** An act on one list: back to its page, with the sentence when it was refused. */
async function act(c: Ctx, work: Acting): Promise<Response> {
  const listId = idOf(c.req.param('id'));
  const { commandId = '', reason = '' } = await fields(c);
  try {
    await work({ actor: officer(c), commandId, listId, reason });
  } catch (error) {
    if (!isTold(error)) throw error;
    return drawList(c, listId, { problem: error, typed: {} });
  }
  return c.redirect(`/danh-sach/${listId}`, 303);
}

/** POST /danh-sach/:id/… */
export const listActs: Readonly<Record<Exclude<ListAct, 'decide'>, (c: Ctx) => Promise<Response>>> =
  {
    prepare: (c) => act(c, (call) => prepareAgain(c.get('store'), call)),
    submit: (c) => act(c, (call) => submitList(c.get('store'), call)),
    approve: (c) => act(c, (call) => approveList(c.get('store'), call)),
    return: (c) => act(c, (call) => returnList(c.get('store'), call)),
    withdraw: (c) => act(c, (call) => withdrawList(c.get('store'), call)),
  };

/** POST /danh-sach/:id/quyet-dinh */
export async function decideRoute(c: Ctx): Promise<Response> {
  const listId = idOf(c.req.param('id'));
  const form = await postedForm(c);
  const text = (name: string): string => {
    const value = form[name];
    return typeof value === 'string' ? value : '';
  };
  const { file } = form;
  const typed = {
    ...{ number: text('number'), decidedOn: text('decidedOn') },
    ...{ signerName: text('signerName'), signerTitle: text('signerTitle') },
  };
  const isFile = file instanceof File;
  const decision = {
    ...typed,
    file: isFile ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array(),
    fileName: isFile ? tidyText(file.name) : '',
  };
  try {
    const call = { actor: officer(c), commandId: text('commandId'), listId };
    await decideList(c.get('store'), { ...call, decision });
  } catch (error) {
    if (!isTold(error)) throw error;
    return drawList(c, listId, { problem: error, typed });
  }
  return c.redirect(`/danh-sach/${listId}`, 303);
}

/** GET /danh-sach/:id/niem-yet */
export async function postingPage(c: Ctx): Promise<Response> {
  const id = idOf(c.req.param('id'));
  const options = { permission: 'list:read' as const };
  const posting = await withActor(c.get('store'), officer(c), (tx) => postingOf(tx, id), options);
  return page(c, <PostingPage shell={c.get('shell')} posting={posting} />);
}

/** GET /danh-sach/:id/van-ban: the signed file, as it was taken in. */
export async function paperDownload(c: Ctx): Promise<Response> {
  const id = idOf(c.req.param('id'));
  const { bytes } = await signedPaper(c.get('store'), officer(c), id);
  return download(new Uint8Array(bytes), `quyet-dinh-${id.slice(-12)}.pdf`, 'application/pdf');
}
