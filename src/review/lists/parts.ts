import { scopeOfUnit } from '../../areas/index.js';
import type { UnitKey } from '../../areas/index.js';
import { withWiderScope } from '../../store/index.js';
import type { Tx } from '../../store/index.js';
import { listProblems } from './problems.js';

type Part = 'maker' | 'checker';

interface ListKey {
  listId: string;
  placeId: string;
}

/** The person behind the account that acts; the installation is nobody but itself. */
export async function personOf(tx: Tx): Promise<string> {
  const { rows } = await tx.query<{ person: string }>(
    'select person_account_id as person from accounts where account_id = $1',
    [tx.actor.id],
  );
  return rows[0]?.person ?? tx.actor.id;
}

export async function partOf(tx: Tx, listId: string, personId: string): Promise<Part | null> {
  const { rows } = await tx.query<{ part: Part }>(
    'select part from recognition_list_people where list_id = $1 and person_id = $2',
    [listId, personId],
  );
  return rows[0]?.part ?? null;
}

/**
 * Gives whoever acts a part in a list for good, and with them everybody on whose behalf they act: nobody
 * is ever both. @returns who acts
 * @throws Problem when one of them has the other part: a constraint of the table says the same, whatever a
 * use case forgets
 */
export async function takePart(tx: Tx, list: ListKey, part: Part): Promise<string> {
  const personId = await personOf(tx);
  await refuseOtherPart(tx, list, part);
  await enterPart(tx, list, personId, part);
  for (const giver of tx.actor.givers ?? []) await enterPart(tx, list, giver.personId, part);
  return personId;
}

/** @throws Problem when who acts, or on whose behalf they act, has the other part */
export async function refuseOtherPart(tx: Tx, { listId }: ListKey, part: Part): Promise<void> {
  const own = await partOf(tx, listId, await personOf(tx));
  if (own !== null && own !== part) {
    throw own === 'maker' ? listProblems.makerIsChecker() : listProblems.checkerIsMaker();
  }
  for (const giver of tx.actor.givers ?? []) {
    const theirs = await partOf(tx, listId, giver.personId);
    if (theirs !== null && theirs !== part) {
      throw listProblems.behalfHasOtherPart(giver.name, theirs);
    }
  }
}

async function enterPart(
  tx: Tx,
  { listId, placeId }: ListKey,
  personId: string,
  part: Part,
): Promise<void> {
  if ((await partOf(tx, listId, personId)) === part) return;
  await tx.query(
    `insert into recognition_list_people (list_id, person_id, place_id, part)
     values ($1, $2, $3, $4)`,
    [listId, personId, placeId, part],
  );
}

// Whoever wrote a row, and on whose behalf: by the command that wrote it, and by the import it came with
// (who previewed the file and who wrote it into the book may be two).
const ENTERED = `
  with entered as (
    select r.command_id, r.import_id
    from recognition_list_rows o
    join household_rounds r on r.book_id = o.book_id and r.household_id = o.household_id
      and r.round = o.round and r.row_id = o.row_id
    where o.list_id = $1 and o.snapshot_no = $2
  ), files as (
    select i.command_id, i.actor_id, i.on_behalf from imports i
    where i.import_id in (select e.import_id from entered e)
  ), acts as (
    select c.actor_id, c.on_behalf_of, c.on_behalf_too from commands c
    where c.command_id in (select e.command_id from entered e union select f.command_id from files f)
  )
  select distinct coalesce(a.person_account_id, w.actor_id) as person_id
  from (
    select f.actor_id from files f
    union select t.actor_id from acts t
    union select unnest(f.on_behalf) from files f
    union select t.on_behalf_of from acts t where t.on_behalf_of is not null
    union select unnest(t.on_behalf_too) from acts t
  ) w
  left join accounts a on a.account_id = w.actor_id`;

/**
 * Everybody who entered a row of the snapshot is a maker of the list. Files are seen by the units they
 * speak of: a unit that took this one over whole asks in its name, for this question alone. A village of
 * the old unit may have gone elsewhere since.
 */
export const enterMakers = (
  tx: Tx,
  list: ListKey & { unit: UnitKey },
  snapshotNo: number,
): Promise<void> =>
  withWiderScope(tx, scopeOfUnit(list.unit.code, list.unit.validFrom), () =>
    enterAll(tx, list, snapshotNo),
  );

async function enterAll(tx: Tx, list: ListKey, snapshotNo: number): Promise<void> {
  await tx.query(
    `insert into recognition_list_people (list_id, person_id, place_id, part)
     select $1, e.person_id, $3, 'maker' from (${ENTERED}) e
     on conflict (list_id, person_id) do nothing`,
    [list.listId, snapshotNo, list.placeId],
  );
  const { rowCount } = await tx.query(
    `select from recognition_list_people p join (${ENTERED}) e on e.person_id = p.person_id
     where p.list_id = $1 and p.part = 'checker'`,
    [list.listId, snapshotNo],
  );
  if (rowCount > 0) throw listProblems.checkerEntered();
}
