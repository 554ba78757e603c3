import type { PovertyStatus } from '../../kernel/index.js';
import { compareVietnamese, today } from '../../kernel/index.js';
import { areaRegister, namesakeWords, withWords } from '../../areas/index.js';
import { actingBy, audit, scopesFor } from '../../store/index.js';
import type { Tx } from '../../store/index.js';
import { decisionById, inForceOf, replacedBy } from './decisions.js';
import type { ActRule, ListAct } from './flow.js';
import { recognitionFlow } from './flow.js';
import type { ListRecord } from './list-records.js';
import { findList, readLists } from './list-records.js';
import { partOf, personOf } from './parts.js';
import { listProblems } from './problems.js';
import type { ListStep, ListSummary, ListView, OpenAct } from './types.js';
import { actorOver, scopesOver } from './unit-access.js';

const summaryOf = (list: ListRecord): ListSummary => ({
  listId: list.listId,
  kind: list.kind,
  round: list.round,
  unit: list.unit,
  state: list.state,
  households: list.households,
  poor: list.counts.now.poor,
  nearPoor: list.counts.now.near_poor,
  changedAt: list.changedAt,
});

/** A list in a row, with the acts that wait for this person. */
export interface ListLine extends ListSummary {
  acts: OpenAct[];
}

/** Lists the actor may read, the latest step first; `null` = of all rounds. Run with `list:read`. */
export async function listLists(tx: Tx, round: number | null = null): Promise<ListLine[]> {
  const personId = await personOf(tx);
  const lines: ListLine[] = [];
  for (const list of await readLists(tx, round)) {
    lines.push({ ...summaryOf(list), acts: await openActs(tx, list, personId) });
  }
  return lines;
}

/** One list with everything known of it, or `null` when there is none that the actor may read. */
export async function listView(tx: Tx, listId: string): Promise<ListView | null> {
  const list = await findList(tx, listId);
  if (!list) return null;
  const { decisionId, round, unit } = list;
  return {
    ...summaryOf(list),
    standardId: list.standardId,
    reason: list.reason,
    counts: list.counts,
    preparedAt: list.preparedAt,
    rowsHash: list.rowsHash.toString('hex'),
    ruleVersions: list.ruleVersions,
    steps: await stepsOf(tx, listId),
    acts: await openActs(tx, list, await personOf(tx)),
    decision: decisionId === null ? null : await decisionById(tx, decisionId),
    replaces:
      decisionId === null ? await inForceOf(tx, round, unit) : await replacedBy(tx, decisionId),
    authority: recognitionFlow().signerOf(round),
  };
}

async function stepsOf(tx: Tx, listId: string): Promise<ListStep[]> {
  const { rows } = await tx.query<ListStep>(
    `select s.act, s.recorded_at as at, p.full_name as by, o.name as office, s.role, s.reason,
       b.full_name as behalf
     from recognition_list_steps s
     left join people p on p.person_account_id = s.person_id
     left join offices o on o.office_id = s.office_id
     left join people b on b.person_account_id = s.on_behalf_of
     where s.list_id = $1 order by s.step_no`,
    [listId],
  );
  return rows;
}

/** In the order in which a person meets them; giving back and letting go stand last. */
const ORDER: readonly ListAct[] = ['submit', 'approve', 'decide', 'prepare', 'return', 'withdraw'];

async function openActs(tx: Tx, list: ListRecord, personId: string): Promise<OpenAct[]> {
  const keys = scopesOver(list.unit, today(tx.clock));
  const { acts } = recognitionFlow();
  const open = ORDER.filter((act) => {
    const { from, permission } = acts[act];
    const holds = scopesFor(tx.actor, permission).some((key) => keys.includes(key));
    return holds && from.includes(list.state);
  });
  if (open.length === 0) return [];
  const own = await partOf(tx, list.listId, personId);
  return Promise.all(
    open.map(async (act) => ({
      act,
      label: acts[act].again ?? acts[act].label,
      blockedBecause:
        blockedBy(acts[act], own) ?? (await blockedByBehalf(tx, list, acts[act], keys)),
    })),
  );
}

function blockedBy({ part }: ActRule, has: 'maker' | 'checker' | null): string | null {
  if (part === undefined || has === null || has === part) return null;
  return (has === 'maker' ? listProblems.makerIsChecker() : listProblems.checkerIsMaker()).why;
}

/** Somebody on whose behalf the act would be done has the other part. */
async function blockedByBehalf(
  tx: Tx,
  { listId }: ListRecord,
  { part, permission }: ActRule,
  keys: readonly string[],
): Promise<string | null> {
  const holder = part && actorOver(tx.actor, permission, keys);
  for (const giver of (holder && actingBy(holder, permission).givers) ?? []) {
    const has = await partOf(tx, listId, giver.personId);
    if (has !== null && has !== part) return listProblems.behalfHasOtherPart(giver.name, has).why;
  }
  return null;
}

/** Which lists of names are posted, in the order of the paper. */
export const POSTED = ['poor', 'near_poor', 'escaped_poverty', 'escaped_near_poverty'] as const;
export type Posted = (typeof POSTED)[number];

export interface PostedRow {
  headName: string | null;
  /** `null` = the book does not know the village. */
  village: string | null;
}

/** Name and village and nothing else: no number, no score, no illness (DESIGN §3 law 9). */
export interface Posting {
  list: ListView;
  sections: Readonly<Record<Posted, readonly PostedRow[]>>;
}

const NAMES = `
  select r.head_name as "headName", case when p.kind = 'village' then p.name end as village,
    o.place_id as "placeId", o.status, o.last_status as "lastStatus"
  from recognition_list_rows o
  join household_rounds r on r.book_id = o.book_id and r.household_id = o.household_id
    and r.round = o.round and r.row_id = o.row_id
  join places p on p.place_id = o.place_id
  where o.list_id = $1 and o.snapshot_no = $2
    and (o.status in ('poor', 'near_poor') or o.last_status in ('poor', 'near_poor'))
  order by o.household_id`;

type NameRow = PostedRow & {
  placeId: string;
  status: PovertyStatus | null;
  lastStatus: PovertyStatus | null;
};

/** As on a notice board: village by village, names in the order of the Vietnamese alphabet (đ after d). */
const byVillageAndName = (a: PostedRow, b: PostedRow): number =>
  Number(a.village === null) - Number(b.village === null) ||
  compareVietnamese(a.village ?? '', b.village ?? '') ||
  compareVietnamese(a.headName ?? '', b.headName ?? '');

/**
 * The names of a list for posting; that they were read is entered in the log, so the transaction must be
 * able to write. A list that takes a decision back is not posted. @throws Problem `list-not-found`
 */
export async function postingOf(tx: Tx, listId: string): Promise<Posting> {
  const [record, list] = [await findList(tx, listId), await listView(tx, listId)];
  if (!record || !list || list.kind !== 'recognition') throw listProblems.notFound();
  const found = await tx.query<NameRow>(NAMES, [listId, record.snapshotNo]);
  const ids = found.rows.map(({ placeId }) => placeId);
  // In the commune of the list, also when that has gone into another one since.
  const day = areaRegister().unit(list.unit)?.validTo ?? today(tx.clock);
  const words = await namesakeWords(tx, ids, day);
  const rows = found.rows.map((row) => ({
    ...row,
    village: row.village && withWords(row.village, words.get(row.placeId)),
  }));
  rows.sort(byVillageAndName);
  const isComparable = list.counts.flows !== null;
  const pick = (which: (row: NameRow) => boolean) =>
    rows.filter(which).map(({ headName, village }) => ({ headName, village }));
  const isAbove = ({ status }: NameRow) => status === 'not_poor' || status === 'average_living';
  const sections = {
    poor: pick(({ status }) => status === 'poor'),
    near_poor: pick(({ status }) => status === 'near_poor'),
    escaped_poverty: pick(
      (row) =>
        isComparable && row.lastStatus === 'poor' && (isAbove(row) || row.status === 'near_poor'),
    ),
    escaped_near_poverty: pick(
      (row) => isComparable && row.lastStatus === 'near_poor' && isAbove(row),
    ),
  };
  await audit(tx, {
    ...{ action: 'list-names.export', subjectKind: 'list', subjectId: listId },
    ...{ placeId: record.placeId, payload: { rows: rows.length } },
  });
  return { list, sections };
}
