import { addDays, nameKey, newId, withoutDiacritics } from '../../kernel/index.js';
import type { PlainDate } from '../../kernel/index.js';
import type { Tx } from '../../store/index.js';
import { READING_PATTERN, SYSTEM_ACTOR_ID, audit, midnightSql } from '../../store/index.js';
import type { EntryLine } from './entry-line.js';
import { SELECT_ENTRY } from './entry-line.js';

/** Which entries: all that is given must fit. */
export interface EntryFilter {
  /** Days in Vietnam, inclusive. */
  from?: PlainDate;
  to?: PlainDate;
  officeId?: string;
  /** A part of the name; marks do not matter where none are typed. "Hệ thống" = the installation. */
  person?: string;
  action?: string;
  kind?: 'writing' | 'reading';
  /** Id of what was acted on: a household, an import, an account, an entry. */
  subjectId?: string;
}

export interface EntryPage {
  rows: EntryLine[];
  hasMore: boolean;
}

export const PAGE_SIZE = 50;

const MATCHING = `
  where ($1::date is null or e.recorded_at >= ${midnightSql('$1')})
    and ($2::date is null or e.recorded_at < ${midnightSql('$2')})
    and ($3::uuid is null or e.office_id = $3)
    and ($4::uuid[] is null or e.actor_id = any ($4))
    and ($5::text is null or e.action = $5)
    and ($6::text is null or (e.action ~ $7) = ($6 = 'reading'))
    and ($8::text is null or e.subject_id = $8)
  order by e.recorded_at desc, e.entry_id desc`;

/** A page of entries that the actor may see, newest first. Looking is itself entered. */
export async function listEntries(tx: Tx, filter: EntryFilter, page: number): Promise<EntryPage> {
  const parameters = await parametersOf(tx, filter);
  const { rows } = await tx.query<EntryLine>(
    `${SELECT_ENTRY} ${MATCHING} limit ${PAGE_SIZE + 1} offset $9`,
    [...parameters, (page - 1) * PAGE_SIZE],
  );
  await audit(tx, {
    action: 'audit.search',
    subjectKind: 'search',
    subjectId: newId(tx.clock),
    payload: { ...filter, page },
  });
  return { rows: rows.slice(0, PAGE_SIZE), hasMore: rows.length > PAGE_SIZE };
}

/** All that fits, for an export, at most `limit` of them. */
export async function matchingEntries(
  tx: Tx,
  filter: EntryFilter,
  limit: number,
): Promise<EntryLine[]> {
  const { rows } = await tx.query<EntryLine>(`${SELECT_ENTRY} ${MATCHING} limit $9`, [
    ...(await parametersOf(tx, filter)),
    limit,
  ]);
  return rows;
}

async function parametersOf(tx: Tx, filter: EntryFilter): Promise<unknown[]> {
  const { from, to, officeId, person, action, kind, subjectId } = filter;
  return [
    ...[from ?? null, to ? addDays(to, 1) : null, officeId ?? null],
    person ? await actorsNamed(tx, person) : null,
    ...[action ?? null, kind ?? null, READING_PATTERN, subjectId ?? null],
  ];
}

/** Accounts whose holder's name has this in it; a few hundred names are compared here. */
async function actorsNamed(tx: Tx, text: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string; name: string }>(
    `select a.account_id as id, p.full_name as name
     from accounts a join people p on p.person_account_id = a.person_account_id`,
  );
  const wanted = nameKey(text);
  const isPlain = wanted === withoutDiacritics(wanted);
  const key = (name: string) => (isPlain ? withoutDiacritics(nameKey(name)) : nameKey(name));
  const all = [...rows, { id: SYSTEM_ACTOR_ID, name: 'Hệ thống' }];
  return all.filter(({ name }) => key(name).includes(wanted)).map(({ id }) => id);
}
