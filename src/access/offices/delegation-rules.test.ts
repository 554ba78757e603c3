import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem, addDays, day } from '../../kernel/index.js';
import type { Handover, Source } from './delegation-rules.js';
import { checkHandover } from './delegation-rules.js';
import { findOfficeKind, kindForRole, officeKinds } from './office-kinds.js';
import { officePack } from './install-offices.js';
import { permissionLabel, roles } from '../roles.js';

const TODAY = day('2026-03-02');
const source: Source = {
  ...{ delegatedFrom: null, validFrom: day('2025-07-01'), validTo: null, isDelegable: true },
  ...{ label: 'lãnh đạo cấp xã', can: ['list:read', 'list:decide'] },
};
const asked: Handover = { from: TODAY, until: day('2026-03-10'), permissions: null };

const codeOf = (over: Partial<Source>, more: Partial<Handover> = {}): string | null => {
  try {
    checkHandover({ ...source, ...over }, { ...asked, ...more }, TODAY);
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.code.replace('delegation-', '');
    throw error;
  }
};

test.each<[Partial<Source>, Partial<Handover>, string | null]>([
  [{}, {}, null],
  [{}, { from: TODAY, until: TODAY }, null],
  [{}, { until: day('2027-03-02') }, null],
  [{}, { until: day('2027-03-03') }, 'too-long'],
  [{}, { from: day('2028-02-29'), until: day('2029-02-28') }, null],
  [{}, { from: day('2028-02-29'), until: day('2029-03-01') }, 'too-long'],
  [{}, { from: day('2026-03-01') }, 'in-the-past'],
  [{}, { from: day('2026-03-11') }, 'backwards'],
  [{ validTo: day('2026-03-10') }, {}, null],
  [{ validTo: day('2026-03-09') }, {}, 'longer-than-own'],
  [{ validFrom: day('2026-03-03') }, {}, 'before-own'],
  [{ delegatedFrom: 'x' }, {}, 'handed-on'],
  [{ isDelegable: false }, {}, 'not-allowed'],
  [{}, { permissions: [] }, 'of-nothing'],
  [{}, { permissions: ['list:decide'] }, null],
  [{}, { permissions: ['list:decide', 'list:publish'] }, 'wider-than-own'],
  [{ can: [] }, { permissions: ['list:read'] }, 'wider-than-own'],
])('%o handing over %o: %s', (over, more, code) => {
  expect(codeOf(over, more)).toBe(code);
});

test('whatever is allowed lies within the own role, ends within a year and is not handed on', () => {
  const date = fc.integer({ min: -30, max: 500 }).map((n) => addDays(TODAY, n));
  const may = fc.subarray(['list:read', 'list:decide', 'household:read']);
  fc.assert(
    fc.property(
      date,
      date,
      date,
      fc.option(date, { nil: null }),
      may,
      fc.option(may, { nil: null }),
      fc.boolean(),
      (from, until, validFrom, validTo, can, permissions, isReceived) => {
        const own = { validFrom, validTo, can, delegatedFrom: isReceived ? 'x' : null };
        if (codeOf(own, { from, until, permissions }) !== null) return;
        expect(isReceived).toBe(false);
        expect(from >= TODAY && from >= validFrom && from <= until).toBe(true);
        expect(validTo === null || until <= validTo).toBe(true);
        expect(until <= addDays(from, 366)).toBe(true);
        expect((permissions ?? []).every((one) => can.includes(one))).toBe(true);
      },
    ),
  );
});

test('every role is held in some kind of office at each of its levels', () => {
  for (const { id, levels } of roles()) {
    for (const level of levels) {
      const kind = kindForRole(id, level);
      expect(kind.roles, `${id} at ${level}`).toContain(id);
      expect(kind.levels).toContain(level);
    }
  }
  const known = new Set(roles().map(({ id }) => id));
  expect(officeKinds().flatMap((kind) => kind.roles.filter((id) => !known.has(id)))).toEqual([]);
  const parents = officeKinds().flatMap(({ parent }) => parent ?? []);
  expect(parents.filter((id) => !findOfficeKind(id))).toEqual([]);
});

test('the offices of the province are of known kinds, and no name holds a code', () => {
  const pack = officePack('20')!;
  expect(pack.offices.filter(({ kind }) => !findOfficeKind(kind))).toEqual([]);
  expect(pack.offices.map(({ name }) => name).filter((name) => /[\d()]/.test(name))).toEqual([]);
  expect(officePack('99')).toBeNull();
});

test('every permission has its words', () => {
  const all = new Set(roles().flatMap(({ can }) => can));
  for (const one of all)
    expect(permissionLabel(one)).toMatch(/^(xem|lập, sửa|duyệt trình|công bố) \p{Ll}/u);
  for (const one of all) expect(permissionLabel(one)).not.toMatch(/[a-z]+-[a-z]+|propose|decide/);
});
