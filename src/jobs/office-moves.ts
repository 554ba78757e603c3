import type { CarriedOut, MoveInput, MovePlan, OtherRooms, PlannedMove } from '../access/index.js';
import { carryOut, planOfficeMove, previewMove } from '../access/index.js';
import { moveOpenWork, openWorkOf } from '../review/index.js';
import type { Store } from '../store/index.js';

/** What a move does to the lists and files of the review. */
const REVIEW: OtherRooms = { openWork: openWorkOf, moveWork: moveOpenWork };

/** What would move when a commune ends, and what needs a person. */
export const previewOfficeMove = (store: Store, input: MoveInput): Promise<MovePlan> =>
  previewMove(store, input, REVIEW);

/** Plans it for its day, or carries it out when the day has come. */
export const planMoveOfOffices = (
  store: Store,
  input: MoveInput & { commandId: string },
): Promise<PlannedMove> => planOfficeMove(store, input, REVIEW);

/** Carries a planned move out, again after a crash or when somebody has mended what stopped it. */
export const carryOutOfficeMove = (store: Store, moveId: string): Promise<CarriedOut> =>
  carryOut(store, moveId, REVIEW);
