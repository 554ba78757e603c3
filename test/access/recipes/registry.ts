import { newId } from '../../../src/kernel/index.js';
import type { WorldRecord } from '../world/world.js';
import type { FormSetting } from './recipe.js';
import { acts, finds, makes, open, shows, showsSome } from './recipe.js';

const householdWithCode = ({ world }: FormSetting) =>
  world.records.find(({ code }) => code !== undefined);

/** Nobody's, and one that nobody has yet. */
const UNKNOWN_NUMBER = '020080999998';
const OTHER_NUMBER = '020080999999';

const hasNumber = ({ person }: WorldRecord): boolean => person !== undefined;

const personOf = ({ people }: WorldRecord) => ({ person: people?.[0] ?? newId() });

const toldTo = (record: WorldRecord | undefined): string =>
  [...(record?.shows ?? []), ...(record?.told ?? [])].join(' ');

export const registry = {
  'GET /ho': finds('household', (word) => [
    `?ten=${word}&status=`,
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
    () => ({ commandId: newId(), reason: 'Thử quyền', birthYear: '1980' }),
    () => true,
  ),
  'GET /ho/:id/lich-su': showsSome('household'),
  // The number of somebody, looked for: found where it may be read in full, and nowhere else.
  'POST /ho/tim-so': acts(
    'household',
    ({ record }) => ({ number: record?.person?.number ?? UNKNOWN_NUMBER }),
    hasNumber,
    { isExact: true, looks: true },
  ),
  'POST /ho/:id/so-dinh-danh/xem': acts(
    'household',
    ({ record }) => ({ identifier: record?.person?.identifierId ?? newId(), reason: 'Thử quyền' }),
    hasNumber,
    { isExact: true },
  ),
  'GET /ho/:id/so-dinh-danh/:person': {
    ...showsSome('household'),
    ...{ isExact: true as const, paramsOf: personOf },
  },
  'POST /ho/:id/so-dinh-danh/:person': acts(
    'household',
    () => ({ commandId: newId(), number: OTHER_NUMBER, reason: 'Thử quyền', confirmed: '1' }),
    hasNumber,
    { paramsOf: personOf },
  ),
  'GET /du-lieu-cua-toi': open(),
  'POST /du-lieu-cua-toi': makes(
    (at) => ({ ma: householdWithCode(at)?.code ?? '', 'nam-sinh': '1980' }),
    { logsAt: 'v1', knows: (at) => toldTo(householdWithCode(at)) },
  ),
};
