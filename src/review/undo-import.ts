import { Problem, formatInteger, tidyText } from '../kernel/index.js';
import { endRounds } from '../registry/index.js';
import { audit, runCommand } from '../store/index.js';
import type { Actor, Store, Tx } from '../store/index.js';
import { copyRows } from './copy-rows.js';
import type { RowKey } from './copy-rows.js';
import { markVoided, resultOf } from './import-records.js';
import type { ImportRecord } from './import-records.js';
import { lockImport } from './lock-round.js';
import { importNotFound, importOfOthersToo } from './import-review.js';
import type { ImportResult } from './import-result.js';
import { IMPORTING } from './permission.js';

export interface UndoInput {
  actor: Actor;
  commandId: string;
  importId: string;
  /** Why; stands in the log and on the page. */
  reason: string;
}

/**
 * Voids a committed import: its rows stop counting, and what they replaced counts again. Nothing is
 * deleted. @throws Problem `import-built-on` with the list of what was built on it
 */
export async function undoImport(store: Store, input: UndoInput): Promise<ImportResult> {
  const { actor, commandId, importId } = input;
  const reason = tidyText(input.reason);
  if (reason === '') {
    throw new Problem('usage', {
      code: 'reason-missing',
      what: 'Chưa ghi lý do hủy lần nhập.',
      todo: 'Ghi một câu lý do rồi gửi lại.',
    });
  }
  const call = {
    ...{ actor, commandId, name: 'import.void', permission: IMPORTING },
    input: { importId, reason },
    reason,
  };
  return runCommand(store, call, async (tx) => {
    const record = await lockImport(tx, importId);
    if (!record) throw importNotFound();
    if (!record.mayChange) throw importOfOthersToo();
    if (record.state === 'voided') return resultOf(record);
    if (record.state === 'previewed') throw notCommitted();
    await refuseWhatWasBuiltOn(tx, record);
    const reinstated = await reinstateReplaced(tx, record);
    const voided = await voidRows(tx, record);
    await closeMemberships(tx, record);
    await auditVoid(tx, { importId, reason, voided, reinstated });
    return resultOf(await markVoided(tx, importId, reason));
  });
}

/**
 * One entry for each place that the commit was entered for, or that kept rows of it, so that whoever looks after the place sees
 * that its rows were taken back.
 */
async function auditVoid(
  tx: Tx,
  act: { importId: string; reason: string; voided: number; reinstated: number },
): Promise<void> {
  const { importId: subjectId, reason, ...payload } = act;
  const { rows } = await tx.query<{ bookId: string; placeId: string }>(
    `select distinct book_id as "bookId", place_id as "placeId" from audit_entries
     where subject_kind = 'import' and subject_id = $1
       and action in ('import.commit', 'import.hold') and place_id is not null`,
    [subjectId],
  );
  const entry = { action: 'import.void', subjectKind: 'import', subjectId, reason, payload };
  for (const where of rows.length > 0 ? rows : [{}]) await audit(tx, { ...entry, ...where });
}

/** What stands on the rows of an import, each as a sentence. */
interface BuiltOn {
  kind: 'out-of-scope' | 'later-row' | 'decision' | 'later-round' | 'event';
  what: string;
}

const COUNTS: readonly { kind: BuiltOn['kind']; sql: string; what: (n: string) => string }[] = [
  {
    kind: 'later-row',
    sql: `select count(*)::integer as n
      from household_rounds r
      join household_round_endings e on e.book_id = r.book_id
        and e.household_id = r.household_id and e.round = r.round and e.row_id = r.row_id
      join current_household_rounds c on c.book_id = r.book_id
        and c.household_id = r.household_id and c.round = r.round
      where r.import_id = $1 and r.round = $2 and e.kind = 'replaced'
        and c.import_id is distinct from $1`,
    what: (n) => `${n} hộ đã được sửa hoặc công nhận sau lần nhập này`,
  },
  {
    kind: 'decision',
    sql: `select count(*)::integer as n from current_household_rounds r
      where r.import_id = $1 and r.round = $2 and r.recognised_status is not null`,
    what: (n) => `${n} hộ của lần nhập này đã được công nhận`,
  },
  {
    kind: 'later-round',
    sql: `select count(distinct r.household_id)::integer as n
      from households h
      join current_household_rounds r on r.book_id = h.book_id and r.household_id = h.household_id
      where h.import_id = $1 and r.round <> $2`,
    what: (n) => `${n} hộ mới của lần nhập này đã có số liệu ở đợt khác`,
  },
  {
    kind: 'event',
    sql: `select count(*)::integer as n
      from households h
      join household_events v on v.book_id = h.book_id and v.household_id = h.household_id
      where h.import_id = $1 and v.round >= $2`,
    what: (n) => `${n} biến động hộ đã được ghi cho hộ mới của lần nhập này`,
  },
];

async function refuseWhatWasBuiltOn(tx: Tx, record: ImportRecord): Promise<void> {
  const found: BuiltOn[] = [];
  for (const { kind, sql, what } of COUNTS) {
    const { rows } = await tx.query<{ n: number }>(sql, [record.importId, record.round]);
    const n = rows[0]?.n ?? 0;
    if (n > 0) found.push({ kind, what: what(formatInteger(n)) });
  }
  found.push(...(await laterDecisions(tx, record)), ...(await rowsOutOfScope(tx, record)));
  if (found.length === 0) return;
  throw new Problem('conflict', {
    code: 'import-built-on',
    what: 'Không hủy được lần nhập này vì đã có việc khác dựa trên nó.',
    why: `${found.map((one) => one.what).join('; ')}.`,
    todo: 'Hủy các việc đó trước, hoặc nhập tệp đã sửa để thay số liệu.',
    details: { builtOn: found },
  });
}

/** Decisions in force of a commune of the file, recorded after it. */
async function laterDecisions(tx: Tx, record: ImportRecord): Promise<BuiltOn[]> {
  const codes = record.counts.sheets.map((sheet) => sheet.unitCode);
  const days = record.counts.sheets.map((sheet) => sheet.unitValidFrom);
  const { rows } = await tx.query<{ number: string | null; name: string }>(
    `select d.number, u.name
     from decisions_in_force d
     join units u on u.code = d.unit_code and u.valid_from = d.unit_valid_from
     join unnest($1::text[], $2::date[]) as s(code, day)
       on s.code = d.unit_code and s.day = d.unit_valid_from
     where d.round = $3 and d.recorded_at >= $4
     order by u.sort_key`,
    [codes, days, record.round, record.committedAt],
  );
  return rows.map(({ number, name }) => ({
    kind: 'decision',
    what: `quyết định công nhận ${number ?? '(chưa có số)'} của ${name}`,
  }));
}

/** Half an undo is none: all rows of sheets with a unit must be within reach. Others made nothing. */
async function rowsOutOfScope(tx: Tx, record: ImportRecord): Promise<BuiltOn[]> {
  const resolved = record.counts.sheets.filter((sheet) => sheet.unitCode !== null);
  const { rows } = await tx.query<{ n: number }>(
    `select (count(*) + (select coalesce(sum(row_count), 0) from intake_bundles
         where import_id = $1 and sheet = any ($2::text[])))::integer as n
     from intake_rows
     where import_id = $1 and not is_preview and sheet = any ($2::text[])`,
    [record.importId, resolved.map(({ sheet }) => sheet)],
  );
  const expected = resolved.reduce((sum, sheet) => sum + sheet.rowsRead, 0);
  const missing = expected - (rows[0]?.n ?? 0);
  if (missing === 0) return [];
  return [{ kind: 'out-of-scope', what: `${formatInteger(missing)} dòng ngoài địa bàn được giao` }];
}

const REPLACED = `
  select e.book_id, e.household_id, e.row_id
  from household_round_endings e
  where e.round = $1 and e.command_id = $2 and e.kind = 'replaced'
  order by e.household_id`;

/** Appends a copy of each row the import replaced; the copy counts from now on. */
async function reinstateReplaced(tx: Tx, record: ImportRecord): Promise<number> {
  const { rows } = await tx.query<RowKey>(REPLACED, [record.round, record.commandId]);
  return copyRows(tx, rows, { round: record.round, ending: null });
}

/** Ends every row of the import that counts. */
function voidRows(tx: Tx, record: ImportRecord): Promise<number> {
  return endRounds(
    tx,
    `insert into household_round_endings (book_id, household_id, round, row_id, place_id, kind,
       command_id, recorded_at)
     select r.book_id, r.household_id, r.round, r.row_id, r.place_id, 'voided', $3, $4
     from current_household_rounds r
     where r.round = $2 and r.import_id = $1`,
    [record.importId, record.round, tx.commandId, tx.now],
  );
}

/** The heads of households that came with the import are members of nothing from their first day. */
async function closeMemberships(tx: Tx, record: ImportRecord): Promise<void> {
  await tx.query(
    `update memberships m set valid_to = m.valid_from, end_reason = 'other'
     from households h
     where h.book_id = m.book_id and h.household_id = m.household_id and h.import_id = $1
       and m.valid_to is null`,
    [record.importId],
  );
}

const notCommitted = (): Problem =>
  new Problem('conflict', {
    code: 'import-not-committed',
    what: 'Lần nhập này mới xem trước, chưa ghi gì để hủy.',
  });
