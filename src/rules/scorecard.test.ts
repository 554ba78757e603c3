import { describe, expect, test } from 'vitest';
import type { ConditionData, Scorecard } from './index.js';
import { compileFacts, parseCondition, scoreCard } from './index.js';

const facts = compileFacts({
  members: { kind: 'number', label: 'số người' },
  alone: { kind: 'boolean', label: 'cả hộ phụ thuộc' },
  wall: { kind: 'boolean', label: 'tường bền' },
});
const when = (data: ConditionData) =>
  parseCondition(
    data,
    { facts, parameters: new Map(), definitions: new Map(), members: null },
    'test',
  );
const option = (id: string, data: ConditionData, NT: number | null) => ({
  ...{ id, label: id, state: 'keyed' as const, when: when(data) },
  points: new Map([
    ['NT', NT],
    ['TT', 1],
  ]),
});
const item = { id: '', label: 'mục', state: 'keyed' as const, skipWhen: null, zeroWhen: null };
const card: Scorecard = {
  ...{ id: 'B1-x', version: '1', label: 'phiếu', rule: { facts }, citations: [] },
  strata: new Map([
    ['NT', 'nông thôn'],
    ['TT', 'thành thị'],
  ]),
  items: [
    {
      ...item,
      id: 'size',
      skipWhen: when('alone'),
      options: [
        option('few', { lt: ['members', 4] }, 30),
        option('more', { gte: ['members', 4] }, 0),
      ],
    },
    {
      ...item,
      id: 'wall',
      zeroWhen: when({ not: 'wall' }),
      options: [option('yes', 'wall', null)],
    },
  ],
};

describe('a scorecard', () => {
  test('adds one option of each item', () => {
    expect(scoreCard(card, 'TT', { members: 2, alone: false, wall: true }).score).toBe(2);
    expect(scoreCard(card, 'NT', { members: 4, alone: false, wall: false }).score).toBe(0);
    expect(scoreCard(card, 'NT', { members: 2, alone: true, wall: false }).score).toBe(0);
  });

  test('refuses an empty cell and names it', () => {
    const answers = { members: 2, alone: false, wall: true };
    expect(scoreCard(card, 'NT', answers)).toMatchObject({
      score: null,
      missing: ['items.wall.yes.NT'],
    });
  });

  test('refuses a missing answer, also whether the item is skipped', () => {
    expect(scoreCard(card, 'TT', { alone: false, wall: true }).missing).toEqual(['members']);
    expect(scoreCard(card, 'TT', { members: 2, wall: true }).missing).toEqual(['alone']);
    expect(scoreCard(card, null, { members: 2, alone: false, wall: true })).toMatchObject({
      score: null,
      missing: ['stratum'],
    });
  });

  test('refuses an item whose text was not seen', () => {
    const unseen = { ...card, items: [{ ...item, id: 'land', options: [] }] };
    expect(scoreCard(unseen, 'NT', {})).toMatchObject({ score: null, missing: ['items.land'] });
  });
});
