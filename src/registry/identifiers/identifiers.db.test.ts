import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testStore } from '../../../test/support/database.js';
import type { TestStore } from '../../../test/support/database.js';
import { makeReal, officer } from '../../../test/support/real-instance.js';
import { testPerson, testVillage } from '../../../test/support/village-fixture.js';
import type { TestPerson } from '../../../test/support/village-fixture.js';
import { historyOf } from '../../audit/index.js';
import { newId } from '../../kernel/index.js';
import { runCommand, withActor } from '../../store/index.js';
import type { Actor } from '../../store/index.js';
import { householdView } from '../read-household.js';
import { findByIdentifier } from './find-by-identifier.js';
import type { NewIdentifier } from './record-identifier.js';
import { commandInputOf, enterIdentifier, recordIdentifier } from './record-identifier.js';
import { revealIdentifier } from './show-identifiers.js';

let store: TestStore;
let lan: TestPerson;
let minh: TestPerson;
let elsewhere: TestPerson;
beforeAll(async () => {
  store = await testStore();
  await makeReal(store);
  const here = await testVillage(store, '06004');
  const there = await testVillage(store, '06625');
  lan = await testPerson(store, here, { name: 'Lý Thị Lan', sex: 'female', birthYear: 1985 });
  minh = await testPerson(store, here, { name: 'Lý Văn Minh', sex: 'male', birthYear: 1950 });
  elsewhere = await testPerson(store, there, { name: 'Vi Văn Xa' });
});
afterAll(() => store.close());

const NUMBER = '020185000123';

async function record(
  actor: Actor,
  person: TestPerson,
  number: string,
  more: Partial<NewIdentifier> & { commandId?: string } = {},
) {
  const { commandId = newId(), ...rest } = more;
  const { householdId, personId } = person;
  const input = { householdId, personId, number, ...rest };
  const call = {
    ...{ actor, commandId, name: 'identifier.record' },
    permission: 'household:propose' as const,
  };
  return runCommand(store, { ...call, input: commandInputOf(store, input) }, (tx) =>
    recordIdentifier(tx, input),
  );
}

const here = () => officer([lan.scope]);
const there = () => officer([elsewhere.scope]);
const find = (actor: Actor, number: string) =>
  withActor(store, actor, (tx) => findByIdentifier(tx, number));
const view = (actor: Actor, person: TestPerson) =>
  withActor(store, actor, (tx) => householdView(tx, person.householdId));

/** Everything the database holds, as text. */
const dump = () =>
  store.behind(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    );
    const parts: string[] = [];
    for (const { name } of rows) {
      const all = await client.query<{ text: string }>(`select t::text as text from ${name} t`);
      parts.push(...all.rows.map((row) => row.text));
    }
    return parts.join('\n');
  });

describe('a personal number', () => {
  it('is found within scope, shown masked, and stands nowhere in clear', async () => {
    expect(await record(here(), lan, '020 185 000 123')).toEqual({ outcome: 'recorded' });
    const [found] = await find(here(), '020.185.000.123');
    expect(found).toMatchObject({ personId: lan.personId, householdId: lan.householdId });
    expect((await view(here(), lan))?.identifiers).toMatchObject([
      { personId: lan.personId, kind: 'cccd', masked: '•••••••••123' },
    ]);
    const everything = await dump();
    expect(everything).toContain(lan.personId);
    for (const trace of [NUMBER, '020 185 000 123', '185000123']) {
      expect(everything).not.toContain(trace);
      expect(everything).not.toContain(Buffer.from(trace).toString('hex'));
    }
  });

  it('of another commune is not found, not seen, not written, and not told of', async () => {
    expect(await find(there(), NUMBER)).toEqual([]);
    expect(await view(there(), lan)).toBeNull();
    await expect(record(there(), lan, '020185000999')).rejects.toMatchObject({ code: 'not-found' });
    // The same number entered there: nothing is said of a person who may not be seen.
    expect(await record(there(), elsewhere, NUMBER, { isConfirmed: true })).toEqual({
      outcome: 'recorded',
    });
    const [identifier] = (await view(here(), lan))!.identifiers;
    const reveal = { identifierId: identifier!.identifierId, reason: 'thử' };
    for (const householdId of [lan.householdId, elsewhere.householdId]) {
      await expect(
        withActor(store, there(), (tx) => revealIdentifier(tx, { ...reveal, householdId })),
      ).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await find(officer([]), NUMBER)).toEqual([]);
  });

  it('is written once when the form is sent twice', async () => {
    const commandId = newId();
    const number = '020050000777';
    const me = here();
    const first = await record(me, minh, number, { commandId });
    expect(await record(me, minh, number, { commandId })).toEqual(first);
    await expect(record(me, minh, '020050000778', { commandId })).rejects.toMatchObject({
      code: 'command-id-reused',
    });
    expect((await view(here(), minh))?.identifiers).toHaveLength(1);
  });

  it('that stands for somebody else in scope is refused, naming whom', async () => {
    const refused = record(here(), minh, NUMBER, { isConfirmed: true });
    await expect(refused).rejects.toMatchObject({
      code: 'identifier-taken',
      what: expect.stringContaining('Lý Thị Lan') as string,
    });
  });

  it('that speaks against the person is asked about, and taken when confirmed', async () => {
    const odd = '020060000555';
    await expect(record(here(), minh, odd, { reason: 'sửa' })).rejects.toMatchObject({
      code: 'identifier-disagrees',
      why: expect.stringContaining('1960, trong sổ là 1950') as string,
    });
    const more = { isConfirmed: true, reason: 'đối chiếu căn cước' };
    expect(await record(here(), minh, odd, more)).toEqual({ outcome: 'corrected' });
    expect(await record(here(), minh, odd, more)).toEqual({ outcome: 'unchanged' });
  });

  it('is corrected with a reason; the earlier one stays behind, and is found no more', async () => {
    const wanted = '020050000888';
    await expect(record(here(), minh, wanted)).rejects.toMatchObject({ code: 'reason-missing' });
    await record(here(), minh, wanted, { reason: 'gõ nhầm' });
    expect(await find(here(), '020060000555')).toEqual([]);
    expect(await find(here(), wanted)).toHaveLength(1);
    const { rows } = await store.behind((client) =>
      client.query('select ended_at from person_identifiers where person_id = $1', [minh.personId]),
    );
    expect(rows).toHaveLength(3);
    expect(rows.filter((row) => (row as { ended_at: unknown }).ended_at === null)).toHaveLength(1);
  });

  it('in both kinds may stand for one person', async () => {
    expect(await record(here(), minh, '081234567')).toEqual({ outcome: 'recorded' });
    const kinds = (await view(here(), minh))?.identifiers.map((one) => one.kind);
    expect(kinds).toEqual(['cccd', 'cmnd']);
  });

  it('is revealed to somebody who says why, and the household can see that it was', async () => {
    const [identifier] = (await view(here(), lan))!.identifiers;
    const reason = 'đối chiếu hồ sơ vay vốn';
    const input = { householdId: lan.householdId, identifierId: identifier!.identifierId, reason };
    const shown = await withActor(store, here(), (tx) => revealIdentifier(tx, input));
    expect(shown.digits).toBe(NUMBER);
    const { bookId, householdId } = lan;
    const about = { householdId, bookId, importIds: [] };
    const history = await withActor(store, here(), (tx) =>
      historyOf(tx, about, { limit: 20, isWithReading: true }),
    );
    expect(history).toContainEqual(
      expect.objectContaining({ action: 'identifier.read', purpose: reason }),
    );
  });

  it('copied onto another person does not open', async () => {
    await store.behind((client) =>
      client.query(
        `update person_identifiers i set ciphertext = o.ciphertext, key_id = o.key_id
         from person_identifiers o
         where i.person_id = $1 and i.kind = 'cmnd' and o.person_id = $2`,
        [minh.personId, lan.personId],
      ),
    );
    const forged = (await view(here(), minh))!.identifiers.find((one) => one.kind === 'cmnd');
    expect(forged?.masked).toBeNull();
    const input = {
      householdId: minh.householdId,
      identifierId: forged!.identifierId,
      reason: 'x',
    };
    await expect(
      withActor(store, here(), (tx) => revealIdentifier(tx, input)),
    ).rejects.toMatchObject({ code: 'sealed-text-broken' });
  });

  it('that stands for somebody else is entered for whom it named, and names nobody out of reach', async () => {
    const { householdId, personId } = minh;
    const input = { householdId, personId, number: NUMBER, isConfirmed: true };
    const named = async () => {
      const { rows } = await store.behind((client) =>
        client.query<{ text: string }>(
          `select e::text as text from audit_entries e
           where action = 'household.search' and subject_id = $1`,
          [lan.householdId],
        ),
      );
      return rows.map(({ text }) => text);
    };
    await expect(
      enterIdentifier(store, { actor: here(), commandId: newId() }, input),
    ).rejects.toMatchObject({ code: 'identifier-taken' });
    const entered = await named();
    expect(entered).toHaveLength(1);
    expect(entered[0]).not.toContain(NUMBER);
    // May write numbers here, but look people up by number nowhere: no name.
    const blind: Actor = {
      ...here(),
      grants: (['household:read', 'identifier:propose'] as const).map((permission) => ({
        ...{ permission, scopes: [lan.scope], officeId: null, role: 'commune_officer' },
      })),
    };
    const call = { actor: blind, commandId: newId() };
    await expect(enterIdentifier(store, call, { ...input, reason: 'thử' })).resolves.toMatchObject({
      outcome: 'corrected',
    });
    expect(await named()).toHaveLength(1);
  });
});
