import { newId } from '../../../src/kernel/index.js';
import { plainPdf } from '../../support/signed-pdf.js';
import type { WorldRecord } from '../world/world.js';
import type { FormSetting } from './recipe.js';
import { acts, finds, shows, showsElse } from './recipe.js';

const form = () => ({ commandId: newId(), reason: 'Thử quyền' });

const inState =
  (...states: string[]) =>
  ({ state = '' }: WorldRecord): boolean =>
    states.includes(state);

/** A unit in a round, or one that is nowhere. */
const unitQuery = (word: string): string => (word.startsWith('dot=') ? word : 'dot=2025&xa=99999');

function unitForm({ record }: FormSetting) {
  const asked = new URLSearchParams(unitQuery(record?.word ?? ''));
  return { ...form(), kind: 'recognition', ...Object.fromEntries(asked) };
}

function decision() {
  const signed = plainPdf('<< /Title (Thu quyen) >>');
  return {
    ...{ commandId: newId(), number: '77/QĐ-UBND', decidedOn: '2025-12-02' },
    ...{ signerName: 'Người ký thử', signerTitle: 'Chủ tịch' },
    file: new File([new Uint8Array(signed)], 'quyet-dinh.pdf'),
  };
}

export const review = {
  'GET /danh-sach': finds('list', () => ['?dot=2025', '?dot=2024']),
  'GET /danh-sach/moi': {
    ...finds('unit', (word) => [`?${unitQuery(word)}`]),
    isExact: true as const,
  },
  // In 2024 nothing was under way in these: a list can be begun.
  'POST /danh-sach': acts('unit', unitForm, ({ unit }) => unit === 'O1' || unit === 'O2'),
  'GET /danh-sach/:id': shows('list'),
  'GET /danh-sach/:id/niem-yet': showsElse('list'),
  'GET /danh-sach/:id/van-ban': {
    ...showsElse('list'),
    showsNothing: ({ state }: WorldRecord) => state !== 'decided',
  },
  'POST /danh-sach/:id/lap-lai': acts('list', form, inState('returned')),
  'POST /danh-sach/:id/trinh': acts('list', form, inState('returned')),
  'POST /danh-sach/:id/bo': acts('list', form, inState('returned')),
  'POST /danh-sach/:id/quyet-dinh': acts('list', decision, inState('approved')),
  'POST /danh-sach/:id/duyet': acts('list', form, inState('submitted')),
  'POST /danh-sach/:id/tra-lai': acts('list', form, inState('submitted', 'approved')),
};
