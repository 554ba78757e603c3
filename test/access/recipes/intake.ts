import { newId } from '../../../src/kernel/index.js';
import { readFileSync } from 'node:fs';
import { writeExport } from '../../support/workbook.js';
import { scopesOf } from '../oracle.js';
import { PLACES } from '../world/description.js';
import { acts, finds, makes, shows } from './recipe.js';

const form = () => ({ commandId: newId() });

export const intake = {
  'GET /nhap-lieu': finds('import', () => ['']),
  'POST /nhap-lieu': makes(
    async () => {
      const bytes = readFileSync(await writeExport(['Xã Quốc Khánh', [{ code: 'T1' }]]));
      return { commandId: newId(), round: '2025', file: new File([bytes], 'nhap.xlsx') };
    },
    // A sheet is a whole commune's: who writes to one village brings in nothing.
    {
      handsOver: true,
      isFor: (actor) => scopesOf(actor, 'household:propose').some((scope) => !(scope in PLACES)),
    },
  ),
  'GET /nhap-lieu/:id': shows('import', '?ly-do=b1-missing', '?ly-do=b1-missing&trang=2'),
  'POST /nhap-lieu/:id/trang-tinh': acts(
    'import',
    ({ record }) => ({ ...form(), [`trang:${record?.sheet ?? 'x'}`]: '06004' }),
    ({ state }) => state === 'previewed',
  ),
  'POST /nhap-lieu/:id/ghi': acts('import', form, ({ state }) => state === 'previewed', {
    handsOver: true,
  }),
  'POST /nhap-lieu/:id/huy': acts(
    'import',
    () => ({ ...form(), reason: 'Thử quyền' }),
    ({ state }) => state === 'committed',
    { handsOver: true },
  ),
};
