import { expect, test } from 'vitest';
import { areaRegister, keyOf, scopeOfUnit } from '../../../areas/index.js';
import { day } from '../../../kernel/index.js';
import { moveDays } from './move-days.js';
import type { InUnit } from './move-plan.js';
import { ENDS, PROVINCE, isEmptyMove, moveOf, planMove } from './move-plan.js';

const EVENT = day('2025-07-01');
const WHOLE = moveOf(areaRegister(), '06016', EVENT);
const DIVIDED = moveOf(areaRegister(), '06622', EVENT);
const ABOLISHED = { ...WHOLE, successors: [], isWhole: false };

const there = (over: Partial<InUnit> = {}): InUnit => ({
  ...{ offices: [], roles: [], elsewhere: [], delegations: [], heldThere: [] },
  work: { lists: [], imports: [], jobs: [], inspections: [] },
  ...over,
});

const role = (id: string, over: Partial<InUnit['roles'][number]> = {}) => ({
  ...{ assignmentId: id, personId: `person of ${id}`, officeId: 'o', role: 'commune_officer' },
  scopeKey: scopeOfUnit(WHOLE.from.code, WHOLE.from.validFrom),
  ...{ validFrom: day('2020-01-01'), validTo: null, withdrawnAt: null, delegatedFrom: null },
  ...{ permissions: null, reason: null },
  ...over,
});

const NEW = WHOLE.successors[0]!;
const NEW_KEY = scopeOfUnit(NEW.code, NEW.validFrom);

test('of a whole unit everything goes to the one successor and nothing is asked', () => {
  const later = role('later', { validFrom: day('2025-09-01') });
  const plan = planMove(WHOLE, there({ roles: [role('now'), later] }), {});
  expect(plan).toMatchObject({ undecided: 0, work: { to: keyOf(NEW) } });
  expect(plan.roles.map(({ to, options, scopeKey }) => [to, options, scopeKey])).toEqual(
    Array.from({ length: 2 }, () => [keyOf(NEW), [], NEW_KEY]),
  );
  expect(plan.roles.flatMap(({ stretches }) => stretches)).toEqual([
    { heldAs: null, validFrom: EVENT, validTo: null },
    { heldAs: null, validFrom: '2025-09-01', validTo: null },
  ]);
});

test('a role held there already is not opened; of others, other people and other places it is', () => {
  const held = { ...role('h'), personId: 'person of a', scopeKey: NEW_KEY };
  const stretches = (heldThere: InUnit['heldThere']) =>
    planMove(WHOLE, there({ roles: [role('a')], heldThere }), {}).roles[0]!.stretches;
  expect(stretches([held])).toEqual([{ heldAs: 'h', validFrom: EVENT, validTo: null }]);
  for (const over of [
    { personId: 'b' },
    { role: 'commune_leader' },
    { scopeKey: 'u:06040@2025-07-01' },
  ]) {
    expect(stretches([{ ...held, ...over }])).toEqual([
      { heldAs: null, validFrom: EVENT, validTo: null },
    ]);
  }
});

test('a role that several will hold at the successor is told with how many', () => {
  const held = { ...role('h'), scopeKey: NEW_KEY };
  const others = [role('c', { role: 'commune_leader' })];
  const plan = (roles: InUnit['roles'], heldThere: InUnit['heldThere'] = []) =>
    planMove(WHOLE, there({ roles, heldThere }), {}).shared;
  expect(plan([role('a')])).toEqual([]);
  expect(plan([role('a'), role('b'), ...others])).toEqual([
    { role: 'commune_officer', to: keyOf(NEW), people: 2 },
  ]);
  expect(plan([role('a')], [held])).toEqual([
    { role: 'commune_officer', to: keyOf(NEW), people: 2 },
  ]);
  // One person with two rows is one person.
  expect(plan([role('a')], [{ ...held, personId: 'person of a' }])).toEqual([]);
});

test('of a divided unit a role waits for a choice among its successors, and an end', () => {
  const options = [...DIVIDED.successors.map(keyOf), ENDS];
  expect(options.length).toBeGreaterThan(2);
  const roles = [role('a')];
  const plan = (choices: Record<string, string>) =>
    planMove(DIVIDED, there({ roles }), choices).roles[0]!;
  expect(plan({})).toMatchObject({ to: null, options, scopeKey: null, stretches: [] });
  expect(plan({ a: 'u:01290@2025-07-01' }).to).toBeNull();
  expect(plan({ b: ENDS }).to).toBeNull();
  expect(plan({ a: ENDS })).toMatchObject({ to: ENDS, scopeKey: null, stretches: [] });
  const [first = ''] = options;
  expect(plan({ a: first })).toMatchObject({ to: first, scopeKey: `u:${first}` });
  expect(planMove(DIVIDED, there({ roles }), {})).toMatchObject({
    ...{ undecided: 1, work: { to: PROVINCE } },
  });
});

test('a role over something else keeps its place and follows the commune in which that lies', () => {
  const [a, b] = DIVIDED.successors;
  const over = (liesIn: typeof a | null) => ({
    ...role('v', { scopeKey: 'v:village' }),
    liesIn: liesIn ?? null,
  });
  const plan = (move: typeof DIVIDED, liesIn: typeof a | null, choices = {}) =>
    planMove(move, there({ elsewhere: [over(liesIn)] }), choices).roles[0]!;
  expect(plan(DIVIDED, b)).toMatchObject({
    ...{ to: keyOf(b!), options: [], scopeKey: 'v:village', keepsScope: true },
    stretches: [{ heldAs: null, validFrom: EVENT, validTo: null }],
  });
  expect(plan(DIVIDED, null)).toMatchObject({ to: null, scopeKey: null });
  expect(plan(DIVIDED, null, { v: keyOf(a!) })).toMatchObject({ scopeKey: 'v:village' });
  expect(plan(WHOLE, null)).toMatchObject({ to: keyOf(NEW), scopeKey: 'v:village' });
  expect(plan(WHOLE, a)).toMatchObject({ to: keyOf(NEW), scopeKey: 'v:village' });
  expect(plan(ABOLISHED, null)).toMatchObject({ to: ENDS, scopeKey: null });
  expect(plan(ABOLISHED, a)).toMatchObject({ to: keyOf(a!), scopeKey: 'v:village' });
});

test('a move is empty only when nothing is there, finished or not', () => {
  expect(isEmptyMove(there())).toBe(true);
  const { work } = there();
  expect(isEmptyMove(there({ work: { ...work, inspections: ['i'] } }))).toBe(false);
  expect(isEmptyMove(there({ elsewhere: [{ ...role('v'), liesIn: null }] }))).toBe(false);
});

test('in time the old ends on the day before; late it ends at that moment, on that day', () => {
  const at = (iso: string) => moveDays(EVENT, new Date(iso));
  const inTime = { day: EVENT, lastDay: '2025-06-30', isLate: false };
  expect(at('2025-06-01T00:00:00Z')).toEqual(inTime);
  expect(at('2025-06-30T17:00:15Z')).toEqual(inTime);
  expect(at('2025-07-01T03:00:00Z')).toEqual({ day: EVENT, lastDay: EVENT, isLate: true });
  expect(at('2025-07-30T20:00:00Z')).toEqual({
    ...{ day: '2025-07-31', lastDay: '2025-07-31', isLate: true },
  });
});
