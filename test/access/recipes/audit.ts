import { newId } from '../../../src/kernel/index.js';
import type { Recipe } from './recipe.js';
import { acts, finds, makes, open, shows } from './recipe.js';

const form = () => ({ commandId: newId() });

const filters = (word: string): string[] => [
  `?doituong=${word}`,
  `?doituong=${word}&loai=doc`,
  '?nguoi=h%E1%BB%87+th%E1%BB%91ng',
  '?loai=ghi&trang=2',
];

const taken: Recipe = finds('entry', (word) => [
  `?dang=csv&doituong=${word}`,
  `?dang=xlsx&doituong=${word}`,
]);

export const audit = {
  'GET /nhat-ky': finds('entry', filters),
  'GET /nhat-ky/muc/:id': shows('entry'),
  'GET /nhat-ky/tai': taken,
  'GET /nhat-ky/thanh-tra': open(),
  'POST /nhat-ky/thanh-tra': makes(() => ({
    ...{ ...form(), title: 'Thử quyền', decisionNumber: '1/QĐ-TTr' },
    ...{ decisionDate: '2025-12-01', signer: 'Người ký thử' },
  })),
  'POST /nhat-ky/thanh-tra/:id/tham-gia': acts(
    'inspection',
    form,
    ({ state, maker }, { name }) => state === 'open' && maker !== name,
  ),
  'POST /nhat-ky/thanh-tra/:id/roi': acts(
    'inspection',
    form,
    ({ state, maker }, { name }) => state === 'open' && maker === name,
  ),
  'POST /nhat-ky/thanh-tra/:id/ket-thuc': acts('inspection', form, ({ state }) => state === 'open'),
  'POST /nhat-ky/thanh-tra/:id/cong-khai': acts(
    'inspection',
    () => ({ ...form(), resultNumber: '2/KL-TTr', publicOn: '2025-12-02' }),
    ({ state }) => state === 'closed',
  ),
};
