import { expect, test } from 'vitest';
import { newId } from '../kernel/index.js';
import { grantsOf } from '../store/index.js';
import { authorityOf } from './held-roles.js';
import { findRole, requireRole, roles } from './roles.js';

test('who prepares a list never approves it, in any role', () => {
  for (const { id, can } of roles()) {
    const kinds = can.filter((one) => one.endsWith(':decide')).map((one) => one.split(':')[0]);
    // An inspection is opened and closed by the same inspectors: nobody else's list is in question.
    for (const kind of kinds.filter((one) => one !== 'inspection')) {
      expect(can, id).not.toContain(`${kind}:propose`);
    }
  }
});

test('whoever approves, inspects or runs accounts needs a second factor', () => {
  const needed = roles().filter(({ can }) =>
    can.some((one) => /:(decide|publish)$|^account:propose$|^audit:read$/.test(one)),
  );
  expect(needed.length).toBeGreaterThan(3);
  expect(needed.filter(({ requiresTotp }) => !requiresTotp)).toEqual([]);
});

test('ids are given once; an unknown one is refused with the list of those there are', () => {
  expect(new Set(roles().map(({ id }) => id)).size).toBe(roles().length);
  expect(() => requireRole('king')).toThrow(/commune_officer/);
});

test('a permission reaches as far as the role that gives it, and no farther', () => {
  const held = [
    { role: 'supervisor', officeId: 'a', scopeKey: 'p:20' },
    { role: 'commune_officer', officeId: 'b', scopeKey: 'u:06004@2025-07-01' },
  ];
  const authority = authorityOf(held);
  expect(authority.scopes).toEqual(['p:20', 'u:06004@2025-07-01']);
  expect(authority.officeId).toBe('a');
  const actor = { id: newId(), name: 'Mẫu', ...authority };
  expect(grantsOf(actor, 'household:propose')).toEqual([
    {
      permission: 'household:propose',
      scopes: ['u:06004@2025-07-01'],
      officeId: 'b',
      role: 'commune_officer',
    },
  ]);
});

test('an administrator, a finance officer and a role nobody knows see no household', () => {
  for (const role of ['administrator', 'finance_officer', 'abolished_role']) {
    const { scopes } = authorityOf([{ role, officeId: 'a', scopeKey: 'p:20' }]);
    expect(scopes, role).toEqual([]);
  }
  expect(findRole('abolished_role')).toBeUndefined();
});
