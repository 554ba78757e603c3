import type { State } from './model.js';
import { STATES } from './model.js';

/** The weakest of several states: what an answer built on all of them is worth. */
export function weakestState(states: Iterable<State>): State {
  let weakest = 0;
  for (const state of states) weakest = Math.max(weakest, STATES.indexOf(state));
  return STATES[weakest]!;
}

export const STATE_LABEL: Record<State, string> = {
  verified: 'đã đối chiếu',
  keyed: 'nhập từ nguồn đã dẫn, chưa đối chiếu lần hai',
  unverified: 'chưa đối chiếu văn bản gốc',
  absent: 'chưa có giá trị',
};
