import { newId } from '../../../src/kernel/index.js';
import {
  approveList,
  decideList,
  prepareList,
  returnList,
  submitList,
  withdrawList,
} from '../../../src/review/index.js';
import type { Actor, Store } from '../../../src/store/index.js';
import { plainPdf } from '../../support/signed-pdf.js';
import type { PlaceName, UnitName } from './description.js';
import { PLACE_NAMES, TODAY, UNITS, placeOf } from './description.js';
import type { Tokens } from './tokens.js';
import type { WorldRecord } from './world.js';

interface Ground {
  store: Store;
  tokens: Tokens;
}

type State = 'submitted' | 'returned' | 'approved' | 'decided' | 'withdrawn';

interface ListIs {
  unit: UnitName;
  round: number;
  /** Where "village unknown" of the unit is: the list lies there. */
  place: PlaceName;
  state: State;
  /** The commune that acts for the unit. */
  by: UnitName;
  /** There is a decision before it: then the page says why. */
  replaces?: true;
}

const LISTS: readonly ListIs[] = [
  { unit: 'O1', round: 2024, place: 'uO', state: 'withdrawn', by: 'N1' },
  { unit: 'N1', round: 2025, place: 'u1', state: 'submitted', by: 'N1', replaces: true },
  { unit: 'N2', round: 2025, place: 'u2', state: 'withdrawn', by: 'N2' },
  { unit: 'N2', round: 2025, place: 'u2', state: 'returned', by: 'N2' },
  { unit: 'N3', round: 2025, place: 'u3', state: 'decided', by: 'N3' },
  { unit: 'N3', round: 2025, place: 'u3', state: 'approved', by: 'N3', replaces: true },
];

/** Lists in every state, made through the doors of the review room by the officers of their communes. */
export async function addWorldLists(
  ground: Ground,
  known: ReadonlyMap<string, Actor>,
): Promise<WorldRecord[]> {
  const records: WorldRecord[] = [];
  for (const is of LISTS) {
    const officer = known.get(`commune_officer over ${is.by}`)!;
    const leader = known.get(`commune_leader over ${is.by}`)!;
    records.push(await addList(ground, is, officer, leader));
  }
  return records;
}

async function addList(
  { store, tokens }: Ground,
  { unit, round, place, state, replaces }: ListIs,
  officer: Actor,
  leader: Actor,
): Promise<WorldRecord> {
  const own = { places: [place] };
  // A list and its decision are named at each household that is in it.
  const inUnit = PLACE_NAMES.filter((one) => placeOf(one).within.includes(unit));
  const word = tokens.word('list-reason', own);
  const shows = replaces ? [word] : [];
  const listId = await prepareList(store, {
    ...{ actor: officer, commandId: newId(), kind: 'recognition' },
    ...{ round, unitCode: UNITS[unit].code, reason: word },
  });
  const call = (actor: Actor) => ({ actor, commandId: newId(), listId });
  const because = () => {
    const reason = tokens.word('step-reason', own);
    shows.push(reason);
    return reason;
  };
  await submitList(store, call(officer));
  // Also one that is let go was approved on its way, one of them by the heir of a merged commune.
  if (state === 'returned') await returnList(store, { ...call(leader), reason: because() });
  else if (state !== 'submitted') await approveList(store, call(leader));
  if (state === 'withdrawn') {
    await returnList(store, { ...call(leader), reason: because() });
    await withdrawList(store, { ...call(officer), reason: because() });
  }
  if (state === 'decided') {
    const signer = tokens.word('list-signer', { places: inUnit });
    const number = tokens.word('list-number', { places: inUnit });
    shows.push(signer, number);
    const decision = {
      number,
      decidedOn: TODAY,
      signerName: signer,
      signerTitle: 'Chủ tịch',
    };
    const file = { file: plainPdf(), fileName: `${tokens.word('paper', own)}.pdf` };
    await decideList(store, { ...call(officer), decision: { ...decision, ...file } });
  }
  const name = `list of ${unit}, ${state}`;
  tokens.id(listId, name, { places: inUnit });
  return { kind: 'list', name, id: listId, unit, places: [place], state, shows, word };
}

/** Communes that a list can be made of, each in a round of its time. */
const PLACES_OF: readonly (readonly [UnitName, number, PlaceName])[] = [
  ['N1', 2025, 'u1'],
  ['N2', 2025, 'u2'],
  ['N3', 2025, 'u3'],
  ['N4', 2025, 'v7'],
  ['O1', 2024, 'uO'],
  ['O2', 2024, 'uS'],
];

export const unitRecords = (): WorldRecord[] =>
  PLACES_OF.map(([unit, round, place]) => {
    const word = `dot=${round}&xa=${UNITS[unit].code}`;
    const common = { kind: 'unit' as const, name: `unit ${unit} in ${round}`, id: word, unit };
    return { ...common, places: [place], shows: [], word };
  });
