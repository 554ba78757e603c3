import type { Store } from '../../store/index.js';
import { recognitionFlow } from './flow.js';
import { addStep } from './list-records.js';
import type { ListCall } from './open-list.js';
import { actOnList, auditList, reasonOf, requireUnchanged } from './open-list.js';
import { enterMakers, personOf, refuseOtherPart, takePart } from './parts.js';

/** Hands a list to whoever approves. @throws Problem `list-rows-changed`, `checker-is-maker` */
export function submitList(store: Store, call: ListCall): Promise<null> {
  return actOnList(store, 'submit', call, async (tx, list) => {
    await requireUnchanged(tx, list, 'Bấm “Lập lại theo số liệu hiện nay”, xem lại rồi trình.');
    const personId = await takePart(tx, list, 'maker');
    await enterMakers(tx, list, list.snapshotNo);
    await addStep(tx, { list, act: 'submit', snapshotNo: list.snapshotNo, personId });
    await auditList(tx, 'submit', list);
    return null;
  });
}

/**
 * "Duyệt trình": the list may go to be signed. It has no effect yet.
 * @throws Problem `maker-is-checker`, `list-rows-changed`
 */
export function approveList(store: Store, call: ListCall): Promise<null> {
  return actOnList(store, 'approve', call, async (tx, list) => {
    // Whoever entered a row since the list was submitted is a maker too.
    await enterMakers(tx, list, list.snapshotNo);
    await refuseOtherPart(tx, list, 'checker');
    await requireUnchanged(tx, list, 'Trả lại danh sách để cán bộ lập lại theo số liệu hiện nay.');
    const personId = await takePart(tx, list, 'checker');
    await addStep(tx, { list, act: 'approve', snapshotNo: list.snapshotNo, personId });
    await auditList(tx, 'approve', list, { payload: { hash: list.rowsHash.toString('hex') } });
    return null;
  });
}

/** Gives a list back to be mended, also one that was approved and not decided. A reason is a must. */
export const returnList = (store: Store, call: ListCall & { reason: string }): Promise<null> =>
  withReason(store, 'return', call);

/** Lets go of a list that will not be decided. Its steps stay. */
export const withdrawList = (store: Store, call: ListCall & { reason: string }): Promise<null> =>
  withReason(store, 'withdraw', call);

async function withReason(
  store: Store,
  act: 'return' | 'withdraw',
  call: ListCall & { reason: string },
): Promise<null> {
  const reason = reasonOf(call.reason, recognitionFlow().acts[act].label);
  return actOnList(store, act, { ...call, reason, input: { reason } }, async (tx, list) => {
    const personId = await personOf(tx);
    await addStep(tx, { list, act, snapshotNo: list.snapshotNo, personId, reason });
    await auditList(tx, act, list, { reason });
    return null;
  });
}
