import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestStore } from '../../../test/support/database.js';
import { testStore } from '../../../test/support/database.js';
import { officer } from '../../../test/support/real-instance.js';
import type { Client } from 'pg';
import { newId } from '../../kernel/index.js';
import type { Actor } from '../../store/index.js';
import { audit, withActor } from '../../store/index.js';
import { householdView } from '../read-household.js';
import { codeHash } from './code-text.js';
import { dataUses } from './data-use.js';
import { findByCode } from './find-by-code.js';
import { codeStanding, issueHouseholdCode } from './issue-code.js';

interface Sample {
  household_id: string;
  book_id: string;
  place_id: string;
  year: number;
}

let store: TestStore;
let home: Sample;
beforeAll(async () => {
  store = await testStore({ template: 'demo' });
  home = await store.behind(async (client) => {
    const { rows } = await client.query<Sample>(
      `select h.household_id, h.book_id, h.place_id, p.birth_year as year
       from households h
       join memberships m on m.book_id = h.book_id and m.household_id = h.household_id
       join persons p on p.book_id = m.book_id and p.person_id = m.person_id
       where m.relation = 'head' and m.valid_to is null and p.birth_year is not null
       order by h.household_id limit 1`,
    );
    return rows[0]!;
  });
});
afterAll(() => store.close());

const issue = (reason = '', actor: Actor = officer(), commandId = newId()) =>
  issueHouseholdCode(store, { actor, commandId, householdId: home.household_id, reason });

test('the newest code of a household opens it, with the right year alone', async () => {
  const { code } = await issue();
  expect(await findByCode(store, code!, home.year)).toMatchObject({
    householdId: home.household_id,
    bookId: home.book_id,
  });
  expect(await findByCode(store, code!, home.year + 1)).toBeNull();
  await expect(issue()).rejects.toMatchObject({ code: 'reason-missing' });
  const next = await issue('mất phiếu');
  expect(await findByCode(store, code!, home.year)).toBeNull();
  expect(await findByCode(store, next.code!, home.year)).not.toBeNull();
});

test('a head without a year of birth: no code that opens nothing, and one that opens with the year typed', async () => {
  const { person_id: head } = await store.behind(async (client) => {
    const { rows } = await client.query<{ person_id: string }>(
      `select person_id from memberships where household_id = $1 and relation = 'head'
       and valid_to is null`,
      [home.household_id],
    );
    await setYears(client, rows[0]!.person_id, null);
    return rows[0]!;
  });
  const typed = (birthYear: string) =>
    issueHouseholdCode(store, {
      ...{ actor: officer(), commandId: newId(), householdId: home.household_id },
      ...{ reason: 'thiếu năm sinh', birthYear },
    });
  const standing = await withActor(store, officer(), (tx) => codeStanding(tx, home.household_id));
  expect(standing).toMatchObject({ hasBirthYear: false });
  await expect(typed(' ')).rejects.toMatchObject({ code: 'birth-year-missing' });
  for (const year of ['68', '1899', '2999', '1968a', '-1968', '19.68']) {
    await expect(typed(year), year).rejects.toMatchObject({ code: 'birth-year-misspelt' });
  }
  const { code } = await typed('1968');
  expect(await findByCode(store, code!, 1967)).toBeNull();
  expect(await findByCode(store, code!, 1968)).toMatchObject({ householdId: home.household_id });
  // Once the book knows the year, the book counts.
  await store.behind((client) => setYears(client, head, home.year));
  expect(await findByCode(store, code!, home.year)).not.toBeNull();
  expect(
    await withActor(store, officer(), (tx) => codeStanding(tx, home.household_id)),
  ).toMatchObject({ hasBirthYear: true });
});

/** As a review file leaves them: nowhere in the book, or known again. */
async function setYears(client: Client, head: string, year: number | null): Promise<void> {
  await client.query('update persons set birth_year = $2 where person_id = $1', [head, year]);
  await client.query(`update household_rounds set head_birth_year = $2 where household_id = $1`, [
    home.household_id,
    year,
  ]);
}

test('a form sent twice hands out one code, and shows it once', async () => {
  const commandId = newId();
  const actor = officer();
  const first = await issue('in hỏng', actor, commandId);
  const second = await issue('in hỏng', actor, commandId);
  expect(second).toMatchObject({ code: null, headName: first.headName });
  expect(await findByCode(store, first.code!, home.year)).not.toBeNull();
});

test('no table and no log keeps a code', async () => {
  const { code } = await issue('thử');
  const kept = await store.behind(async (client) => {
    const dump = await client.query<{ text: string }>(
      `select (select json_agg(c)::text from commands c) || (select json_agg(a)::text
         from audit_entries a) || (select json_agg(h)::text from household_codes h) as text`,
    );
    return dump.rows[0]!.text;
  });
  expect(kept).toContain(codeHash(code!).toString('hex'));
  expect(kept).not.toContain(code);
  expect(kept).not.toContain(code!.replaceAll('-', ''));
});

test('a household out of scope gets no code, and looks like none', async () => {
  const elsewhere = officer(['v:elsewhere']);
  await expect(issue('', elsewhere)).rejects.toMatchObject({ code: 'household-not-found' });
  const reader: Actor = { ...officer(), grants: [] };
  await expect(issue('x', reader)).rejects.toMatchObject({ kind: 'forbidden' });
});

test('the household sees office, role and purpose of each use, and that it asked itself', async () => {
  const { code } = await issue('lần nữa');
  const found = (await findByCode(store, code!, home.year))!;
  await withActor(store, { ...officer(), role: 'commune_officer' }, (tx) =>
    householdView(tx, home.household_id),
  );
  await dataUses(store, found);
  const { uses } = await dataUses(store, found);
  expect(uses.slice(0, 3).map(({ what }) => what)).toEqual([
    'household-code.read',
    'household.read',
    'household-code.issue',
  ]);
  expect(uses[1]!.role).toContain('commune_officer');
  expect(JSON.stringify(uses)).not.toContain('Cán bộ thử nghiệm');
});

test('the form for a new paper shows the head, and is told to the household as a reading', async () => {
  const { code } = await issue('mở biểu mẫu');
  const found = (await findByCode(store, code!, home.year))!;
  const standing = await withActor(store, officer(), (tx) => codeStanding(tx, home.household_id));
  expect(standing).toMatchObject({ hasCode: true });
  const { uses } = await dataUses(store, found);
  expect(uses[0]).toMatchObject({ what: 'household.read', purpose: 'cấp phiếu tra cứu cho hộ' });
});

test('reading under an inspection shows when its result is public, not before', async () => {
  const { code } = await issue('thanh tra');
  const found = (await findByCode(store, code!, home.year))!;
  const inspectionId = newId();
  await store.behind((client) =>
    client.query(
      `insert into inspections (inspection_id, title, decision_number, decision_date, signer,
         opened_on, closed_on, recorded_by, recorded_at)
       values ($1, 'Mẫu', '1/QĐ-TTr', '2025-01-01', 'A', '2025-01-01', '2025-02-01', $1, now())`,
      [inspectionId],
    ),
  );
  await withActor(store, { ...officer(), inspectionId }, (tx) =>
    audit(tx, {
      ...{ action: 'household.read', subjectKind: 'household', subjectId: home.household_id },
      ...{ bookId: home.book_id, placeId: home.place_id, purpose: 'thanh tra mẫu' },
    }),
  );
  const purposes = async () => (await dataUses(store, found)).uses.map((use) => use.purpose);
  expect(await purposes()).not.toContain('thanh tra mẫu');
  await store.behind((client) =>
    client.query(`update inspections set result_public_on = '2025-03-01'`),
  );
  expect(await purposes()).toContain('thanh tra mẫu');
});

test('what was typed beside a whole file is not told: it may name another household', async () => {
  const { code } = await issue('tệp nhầm');
  const found = (await findByCode(store, code!, home.year))!;
  const importId = newId();
  await store.behind((client) =>
    client.query('update household_rounds set import_id = $1 where household_id = $2', [
      ...[importId, home.household_id],
    ]),
  );
  await withActor(store, officer(), (tx) =>
    audit(tx, {
      ...{ action: 'import.void', subjectKind: 'import', subjectId: importId },
      ...{ bookId: home.book_id, placeId: home.place_id, reason: 'hộ Lý Văn Mẫu bị ghi nhầm' },
    }),
  );
  const { uses } = await dataUses(store, found);
  expect(uses[0]).toMatchObject({ what: 'import.void', purpose: null });
  expect(JSON.stringify(uses)).not.toContain('Lý Văn Mẫu');
});
