import type { CarriedOut, MoveInput, MovePlan, OtherRooms, PlannedMove } from '../access/index.js';
import { carryOut, planOfficeMove, previewMove } from '../access/index.js';
import { moveInspections, openInspectionsOf } from '../audit/index.js';
import { moveOpenWork, openWorkOf } from '../review/index.js';
import type { Store } from '../store/index.js';

/** What a move does to lists and files of the review, and to inspections. */
const ROOMS: OtherRooms = {
  openWork: async (tx, unit) => ({
    ...(await openWorkOf(tx, unit)),
    inspections: await openInspectionsOf(tx, unit),
  }),
  moveWork: async (tx, from, to) => {
    await moveOpenWork(tx, from, to);
    await moveInspections(tx, from, to);
  },
};

/** What would move when a commune ends, and what needs a person. */
export const previewOfficeMove = (store: Store, input: MoveInput): Promise<MovePlan> =>
  previewMove(store, input, ROOMS);

/** Plans it for its day, or carries it out when the day has come. */
export const planMoveOfOffices = (
  store: Store,
  input: MoveInput & { commandId: string },
): Promise<PlannedMove> => planOfficeMove(store, input, ROOMS);

/** Carries a planned move out, again after a crash or when somebody has mended what stopped it. */
export const carryOutOfficeMove = (store: Store, moveId: string): Promise<CarriedOut> =>
  carryOut(store, moveId, ROOMS);
