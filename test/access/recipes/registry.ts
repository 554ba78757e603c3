import { newId } from '../../../src/kernel/index.js';
import type { FormSetting } from './recipe.js';
import { acts, finds, makes, open, shows, showsSome } from './recipe.js';

const householdWithCode = ({ world }: FormSetting) =>
  world.records.find(({ code }) => code !== undefined);

export const registry = {
  'GET /ho': finds('household', (word) => [
    `?ten=${word}&status=`,
    `?ten=${word}&status=&round=2024`,
    '?status=',
    '?status=&trang=2',
    '?status=near_poor',
    '?status=&round=2024',
    '?mau=1&round=2025&boundaries=2025-12-31&cot=1',
    '?mau=1&round=2025&boundaries=2025-12-31&cot=3&area=06613',
    '?mau=2&round=2025&boundaries=2025-12-31&cot=1&area=06004',
  ]),
  'GET /ho/:id': shows('household'),
  'GET /ho/:id/phieu': showsSome('household'),
  'POST /ho/:id/phieu': acts(
    'household',
    () => ({ commandId: newId(), reason: 'Thử quyền' }),
    () => true,
  ),
  'GET /du-lieu-cua-toi': open(),
  'POST /du-lieu-cua-toi': makes(
    (at) => ({ ma: householdWithCode(at)?.code ?? '', 'nam-sinh': '1980' }),
    { logsAt: 'v1', knows: (at) => householdWithCode(at)?.shows.join(' ') ?? '' },
  ),
};
