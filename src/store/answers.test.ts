import { expect, test } from 'vitest';
import type { Grant } from './permissions.js';
import { actingBy, answerOf, answersAlike } from './permissions.js';

const VILLAGE = 'v:01a215c8-0000-7000-8000-000000000001';
const grant = (officeId: string, scope: string, giver?: string): Grant => ({
  ...{ permission: 'household:propose', scopes: [scope], officeId, role: `of ${officeId}` },
  ...(giver !== undefined && { onBehalfOf: { personId: giver, name: giver } }),
});

test('one’s own role answers before one that was handed over, the nearest before a wider one', () => {
  const [province, commune] = [grant('province', 'p:20'), grant('commune', 'u:06004@2025-07-01')];
  const [given, village] = [grant('village', VILLAGE, 'L'), grant('village', VILLAGE)];
  expect(answerOf([given, province, commune])).toEqual({
    ...{ officeId: 'commune', roles: ['of commune'], givers: [] },
  });
  expect(answerOf([province, commune, village])?.officeId).toBe('village');
  expect(answerOf([])).toBeNull();
});

test('what only others’ roles allow is done on behalf of all of them', () => {
  const both = [grant('province', 'p:20', 'K'), grant('commune', 'u:06004@2025-07-01', 'L')];
  const actor = { id: 'x', name: 'P', officeId: 'elsewhere', scopes: [], grants: both };
  expect(actingBy(actor, 'household:propose')).toMatchObject({
    ...{ officeId: 'commune', role: 'of commune', onBehalfOf: { personId: 'L' } },
    givers: [{ personId: 'L' }, { personId: 'K' }],
  });
});

test('grants answer alike in one office on one person’s behalf, and not otherwise', () => {
  const [a, b] = [grant('commune', 'u:06004@2025-07-01'), grant('commune', VILLAGE)];
  expect(answersAlike([a, b])).toBe(true);
  expect(answersAlike([a, grant('commune', VILLAGE, 'L')])).toBe(false);
  expect(answersAlike([a, grant('other', VILLAGE)])).toBe(false);
});
