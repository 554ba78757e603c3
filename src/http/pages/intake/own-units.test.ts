import { expect, test } from 'vitest';
import { areaRegister } from '../../../areas/index.js';
import { parsePlainDate } from '../../../kernel/index.js';
import { SYSTEM_ACTOR } from '../../../store/index.js';
import { ownUnits } from './own-units.js';

const units = areaRegister().communesOf('20', parsePlainDate('2025-12-31')!);
const offered = (...scopes: string[]) =>
  ownUnits(SYSTEM_ACTOR(scopes), '20', units).map(({ code }) => code);

test('a commune officer is offered the own commune, the province all of them', () => {
  expect(offered('u:06004@2025-07-01')).toEqual(['06004']);
  expect(offered('p:20')).toHaveLength(units.length);
});

test('a person known in units of another day is offered all: the import decides', () => {
  expect(offered('u:06004@2020-01-01')).toHaveLength(units.length);
});
