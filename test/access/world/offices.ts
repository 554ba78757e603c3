import { newId } from '../../../src/kernel/index.js';
import { plansFor } from '../office-oracle.js';
import { officeOfRole } from '../oracle.js';
import type { ActorIs, HoldsIs } from './description.js';
import { PLACES, TODAY, UNITS } from './description.js';
import { insert } from './insert.js';
import type { MoveIs } from './office-stories.js';
import { ENDING, HELD_ASKED_ABOUT, MOVES, OFFICES, OFFICES_ASKED_ABOUT } from './office-stories.js';
import type { World, WorldActor, WorldRecord } from './world.js';

type Ground = Pick<World, 'actors' | 'behind' | 'tokens'>;

/** Offices, roles to hand over, delegations and moves as records that an address can name. */
export async function addWorldOffices(ground: Ground): Promise<WorldRecord[]> {
  const { actors } = ground;
  const asked = ({ is }: WorldActor) => OFFICES_ASKED_ABOUT.includes(is.name);
  const records = [
    ...actors.filter(asked).map((actor) => officeRecord(actors, actor, actor.is.holds[0]!)),
    ...Object.keys(OFFICES).map((name) => sharedOffice(actors, name)),
    ...actors.filter(({ is }) => HELD_ASKED_ABOUT.includes(is.name)).flatMap(heldRecords),
    endingRecord(),
  ];
  for (const is of MOVES) records.push(await addMove(ground, is));
  return records;
}

function sharedOffice(actors: readonly WorldActor[], name: string): WorldRecord {
  const isThere = (one: HoldsIs) => one.in === name;
  const first = actors.find(({ is }) => is.holds.some(isThere))!;
  return officeRecord(actors, first, first.is.holds.find(isThere)!);
}

/** An office shows its name and the names of all who hold or held a role there. */
function officeRecord(
  actors: readonly WorldActor[],
  { is, held }: WorldActor,
  one: HoldsIs,
): WorldRecord {
  const { officeId, officeWord } = held[is.holds.indexOf(one)]!;
  const people = actors.filter((actor) => actor.held.some((role) => role.officeId === officeId));
  const over = one.over;
  const where = over in PLACES ? { places: [over as keyof typeof PLACES] } : { officeOf: over };
  return {
    ...{ kind: 'office' as const, name: officeOfRole(is, one), id: officeId, places: [], ...where },
    office: { of: over, office: officeOfRole(is, one) },
    ...{ shows: [officeWord, ...people.map(({ word }) => word)], word: '' },
  };
}

const isInShared = ({ in: name }: HoldsIs): boolean => name !== undefined;

/** Roles in offices with colleagues in them, and what was handed over there. */
function heldRecords({ is, held }: WorldActor): WorldRecord[] {
  return is.holds.flatMap((one, at): WorldRecord[] => {
    if (!isInShared(one)) return [];
    const { assignmentId: id, reason } = held[at]!;
    const common = { id, places: [], officeOf: one.over, word: '' };
    const name = `${one.role} of ${is.name}`;
    const own = { ...common, kind: 'role' as const, name, shows: [], parties: [is.name] };
    const role = { ...own, ...(one.by !== undefined && { isReceived: true as const }) };
    if (one.by === undefined) return [role];
    const delegation = {
      ...{ ...common, kind: 'delegation' as const, name: `delegation to ${is.name}` },
      ...{ shows: [reason!], parties: [one.by, is.name], state: stateOf(one) },
    };
    return [role, delegation];
  });
}

const stateOf = ({ to, withdrawn }: HoldsIs): string =>
  withdrawn || (to !== null && to < TODAY) ? 'over' : 'open';

function endingRecord(): WorldRecord {
  const { unit, province } = ENDING;
  const { code } = UNITS[unit];
  return {
    ...{ kind: 'ending', name: `end of ${unit}`, id: code, places: [], officeOf: province },
    ...{ movesIn: province, shows: [], word: code },
  };
}

async function addMove(
  { actors, behind, tokens }: Ground,
  { from, province, on, state }: MoveIs,
): Promise<WorldRecord> {
  const planner = actors.find(({ is }) => is.name === `administrator over ${province}`)!;
  const seen = (actor: ActorIs) => plansFor(actor, province);
  const id = tokens.id(newId(), `move of ${from}`, { seen });
  const reason = state === 'voided' ? tokens.word('void-reason', { seen }) : null;
  const at = new Date(`${TODAY}T01:00:00Z`);
  const { code, from: since } = UNITS[from];
  const key = { code, validFrom: since };
  const plan = {
    ...{ from: key, on, successors: [], isWhole: false, offices: [], roles: [], delegations: [] },
    ...{ shared: [], work: { lists: 0, imports: 0, jobs: 0, to: 'province' }, undecided: 0 },
  };
  await behind((client) =>
    insert(client, 'office_moves', [
      {
        ...{ move_id: id, from_code: code, from_valid_from: since, effective_on: on, state },
        ...{ choices: {}, plan, actor_id: planner.accountId, command_id: newId() },
        ...{ planned_at: at, void_reason: reason, voided_at: reason === null ? null : at },
      },
    ]),
  );
  return {
    ...{ kind: 'move', name: `move of ${from}`, id, places: [], officeOf: province, state },
    ...{ movesIn: province, shows: [], word: '' },
  };
}
