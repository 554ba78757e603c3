import { Problem, cutText, tidyText, today } from '../../kernel/index.js';
import { audit, runCommand, withActor } from '../../store/index.js';
import type { Actor, Permission, Store, Tx } from '../../store/index.js';
import { areaRegister } from '../../areas/index.js';
import { bookFor } from '../../registry/index.js';
import { lockRound } from '../lock-round.js';
import type { ListAct } from './flow.js';
import { recognitionFlow } from './flow.js';
import type { ListRecord } from './list-records.js';
import { findList, rowsOf } from './list-records.js';
import { listProblems } from './problems.js';
import { changesSince } from './snapshot.js';
import type { ListUnit } from './types.js';
import { actorOver, scopesOver } from './unit-access.js';

export interface ListCall {
  actor: Actor;
  /** UUID made with the form: sending it twice does the thing once. */
  commandId: string;
  listId: string;
}

const LONGEST_REASON = 1_000;

/** The reason as typed. @throws Problem `reason-missing` */
export function reasonOf(text: string, act: string): string {
  const reason = cutText(tidyText(text), LONGEST_REASON);
  if (reason === '') throw listProblems.reasonMissing(act);
  return reason;
}

/**
 * Takes one act on one list: under the lock of the round, in the state the list has then, by whoever the
 * flow says, in the office that answers for the unit. A list that is not the actor's to read is not there.
 */
export async function actOnList<T>(
  store: Store,
  act: ListAct,
  call: ListCall & { input?: Record<string, unknown>; reason?: string },
  work: (tx: Tx, list: ListRecord) => Promise<T>,
): Promise<T> {
  const { listId, commandId, input = {}, reason } = call;
  const rule = recognitionFlow().acts[act];
  const actor = await holderOf(store, call, rule.permission);
  const command = {
    ...{ actor, commandId, name: `list.${act}`, permission: rule.permission },
    input: { listId, ...input },
    ...(reason !== undefined && { reason }),
  };
  return runCommand(store, command, async (tx) => {
    const seen = await findList(tx, listId);
    if (!seen) throw listProblems.notFound();
    await lockRound(tx, seen.round);
    const list = (await findList(tx, listId)) ?? seen;
    if (!rule.from.includes(list.state)) {
      throw listProblems.wrongState(recognitionFlow().states[list.state], rule.label);
    }
    return work(tx, list);
  });
}

async function holderOf(
  store: Store,
  { actor, listId }: ListCall,
  permission: Permission,
): Promise<Actor> {
  const list = await withActor(store, actor, (tx) => findList(tx, listId), {
    ...{ readOnly: true, permission: 'list:read' },
  });
  if (!list) throw listProblems.notFound();
  const holder = actorOver(actor, permission, scopesOver(list.unit, today(store.clock)));
  if (!holder) throw listProblems.notYours();
  return holder;
}

/** @throws Problem `list-rows-changed`, telling how many households are not as they were frozen */
export async function requireUnchanged(tx: Tx, list: ListRecord, todo: string): Promise<void> {
  const changes = await changesSince(tx, rowsOf(list), list);
  if (changes) throw listProblems.rowsChanged(changes, todo);
}

/** What was done to a list stands in the log of its unit. */
export async function auditList(
  tx: Tx,
  act: string,
  list: { listId: string; placeId: string; unit: ListUnit },
  more: { payload?: unknown; reason?: string | null } = {},
): Promise<void> {
  const unit = areaRegister().unit(list.unit);
  if (!unit) throw new Problem('environment', UNIT_GONE);
  await audit(tx, {
    ...{ action: `list.${act}`, subjectKind: 'list', subjectId: list.listId },
    ...{ bookId: await bookFor(tx, unit), placeId: list.placeId },
    ...{ payload: more.payload ?? null, reason: more.reason ?? null },
  });
}

const UNIT_GONE = {
  code: 'unit-unknown',
  what: 'Đơn vị của danh sách không còn trong danh mục địa bàn.',
  todo: 'Cài lại thư mục packs của bản phát hành.',
};
