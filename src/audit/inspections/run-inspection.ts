import type { PlainDate } from '../../kernel/index.js';
import { Problem, formatDate, newId, tidyText, today } from '../../kernel/index.js';
import type { Actor, Permission, Store, Tx } from '../../store/index.js';
import { audit, runCommand, scopesFor } from '../../store/index.js';
import { findInspection } from './inspection.js';

const WORKING: Permission = 'inspection:propose';
const DECIDING: Permission = 'inspection:decide';

export interface OpenInspection {
  actor: Actor;
  commandId: string;
  title: string;
  decisionNumber: string;
  decisionDate: PlainDate;
  signer: string;
}

/**
 * Enters a decision to inspect; who enters it joins it. From now on what its members read is hidden
 * from units and households until the result is public.
 */
export async function openInspection(store: Store, input: OpenInspection): Promise<string> {
  const { actor, commandId, decisionDate } = input;
  const title = required(input.title, 'Tên cuộc thanh tra, kiểm tra');
  const decisionNumber = required(input.decisionNumber, 'Số quyết định');
  const signer = required(input.signer, 'Người ký');
  const day = today(store.clock);
  if (decisionDate > day) throw inFuture('Ngày quyết định');
  const content = { title, decisionNumber, decisionDate, signer };
  const call = { actor, commandId, name: 'inspection.open', permission: WORKING, input: content };
  return runCommand(store, call, async (tx) => {
    const inspectionId = newId(tx.clock);
    await tx.query(
      `insert into inspections (inspection_id, title, decision_number, decision_date, signer,
         office_id, opened_on, recorded_by, recorded_at, scope_keys, known_to)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[inspectionId, title, decisionNumber, decisionDate, signer, tx.actor.officeId, day],
        ...[tx.actor.id, tx.now, scopesFor(tx.actor, WORKING), [tx.actor.id]],
      ],
    );
    await join(tx, inspectionId);
    await enter(tx, 'inspection.open', inspectionId, content);
    return inspectionId;
  });
}

export interface InspectionAct {
  actor: Actor;
  commandId: string;
  inspectionId: string;
}

/** Looks under an open inspection from now on, until leaving or joining another. */
export function joinInspection(store: Store, act: InspectionAct): Promise<null> {
  return working(store, act, 'inspection.join', async (tx, { isJoined, closedOn }) => {
    if (closedOn) throw alreadyClosed(closedOn);
    if (isJoined) throw alreadyJoined();
    await join(tx, act.inspectionId);
  });
}

/** What was read so far stays hidden; what is read from now on is not. */
export function leaveInspection(store: Store, act: InspectionAct): Promise<null> {
  return working(store, act, 'inspection.leave', async (tx, { isJoined }) => {
    if (!isJoined) throw notJoined();
    await tx.query(
      'update inspection_members set left_at = $3 where inspection_id = $1 and account_id = $2',
      [act.inspectionId, tx.actor.id, tx.now],
    );
  });
}

/** Ends the reading; what was read stays hidden until the result is public. */
export function closeInspection(store: Store, act: InspectionAct): Promise<null> {
  return working(store, act, 'inspection.close', async (tx, { closedOn }) => {
    if (closedOn) throw alreadyClosed(closedOn);
    await tx.query('update inspections set closed_on = $2 where inspection_id = $1', [
      act.inspectionId,
      today(tx.clock),
    ]);
  });
}

export interface PublishResult extends InspectionAct {
  resultNumber: string;
  publicOn: PlainDate;
}

/** Enters that the result was made public; from now on units see who read their records. */
export async function publishInspection(store: Store, act: PublishResult): Promise<null> {
  const { actor, commandId, inspectionId, publicOn } = act;
  const resultNumber = required(act.resultNumber, 'Số kết luận');
  if (publicOn > today(store.clock)) throw inFuture('Ngày công khai');
  const content = { inspectionId, resultNumber, publicOn };
  const name = 'inspection.publish';
  const call = { actor, commandId, name, permission: DECIDING, input: content };
  return runCommand(store, call, async (tx) => {
    const found = await findOwn(tx, inspectionId);
    if (!found.closedOn) throw notClosedYet();
    if (found.resultPublicOn) throw alreadyPublic(found.resultPublicOn);
    if (publicOn < found.openedOn) throw beforeOpening();
    await tx.query(
      'update inspections set result_number = $2, result_public_on = $3 where inspection_id = $1',
      [inspectionId, resultNumber, publicOn],
    );
    await enter(tx, name, inspectionId, { resultNumber, publicOn });
    return null;
  });
}

type Found = Awaited<ReturnType<typeof findInspection>>;

/** One over whose places the actor inspects. */
async function findOwn(tx: Tx, inspectionId: string): Promise<Found> {
  const found = await findInspection(tx, inspectionId);
  if (found.isWithinReach) return found;
  throw new Problem('forbidden', {
    code: 'inspection-of-others',
    what: 'Cuộc này do thanh tra có địa bàn rộng hơn lập.',
    todo: 'Liên hệ người lập cuộc thanh tra, kiểm tra.',
  });
}

function working(
  store: Store,
  { actor, commandId, inspectionId }: InspectionAct,
  name: string,
  work: (tx: Tx, found: Found) => Promise<void>,
): Promise<null> {
  const call = { actor, commandId, name, permission: WORKING, input: { inspectionId } };
  return runCommand(store, call, async (tx) => {
    // Whoever joined may leave, whatever else they lost meanwhile.
    const find = name === 'inspection.leave' ? findInspection : findOwn;
    await work(tx, await find(tx, inspectionId));
    await enter(tx, name, inspectionId, null);
    return null;
  });
}

async function join(tx: Tx, inspectionId: string): Promise<void> {
  await tx.query(
    `insert into inspection_members (inspection_id, account_id, joined_at) values ($1, $2, $3)
     on conflict (inspection_id, account_id) do update
     set joined_at = excluded.joined_at, left_at = null`,
    [inspectionId, tx.actor.id, tx.now],
  );
  // They go on knowing it, also when they inspect there no longer.
  await tx.query(
    `update inspections set known_to = array_append(known_to, $2)
     where inspection_id = $1 and not $2 = any (known_to)`,
    [inspectionId, tx.actor.id],
  );
}

const enter = (tx: Tx, action: string, subjectId: string, payload: unknown): Promise<string> =>
  audit(tx, { action, subjectKind: 'inspection', subjectId, payload });

/** Long enough for any name of a decision. */
const LONGEST = 300;

function required(text: string, label: string): string {
  const tidy = tidyText(text);
  if (tidy !== '' && tidy.length <= LONGEST) return tidy;
  throw new Problem('refused', {
    code: 'field-required',
    what: tidy === '' ? `${label} đang để trống.` : `${label} dài quá ${LONGEST} ký tự.`,
    todo: 'Ghi theo quyết định rồi gửi lại.',
  });
}

const conflict = (code: string, what: string, todo?: string): Problem =>
  new Problem('conflict', { code, what, ...(todo && { todo }) });

const inFuture = (label: string): Problem =>
  new Problem('refused', { code: 'date-in-future', what: `${label} chưa đến.` });
const alreadyClosed = (on: PlainDate): Problem =>
  conflict('inspection-closed', `Cuộc này đã kết thúc ngày ${formatDate(on)}.`);
const alreadyJoined = (): Problem => conflict('inspection-joined', 'Bạn đã tham gia cuộc này.');
const notJoined = (): Problem => conflict('inspection-not-joined', 'Bạn không tham gia cuộc này.');
const notClosedYet = (): Problem =>
  conflict(
    'inspection-open',
    'Cuộc này chưa kết thúc.',
    'Kết thúc rồi mới ghi kết luận công khai.',
  );
const alreadyPublic = (on: PlainDate): Problem =>
  conflict('inspection-public', `Kết luận đã được công khai ngày ${formatDate(on)}.`);
const beforeOpening = (): Problem =>
  new Problem('refused', {
    code: 'public-before-opening',
    what: 'Ngày công khai trước ngày mở cuộc thanh tra, kiểm tra.',
  });
