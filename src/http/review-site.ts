import { LARGEST_SIGNED_FILE } from '../signing/index.js';
import { onceReviewed } from './pages/no-rounds-page.js';
import { MEGABYTE, limited, small } from './body-limits.js';
import type { Env } from './env.js';
import {
  decideRoute,
  listActs,
  listBoard,
  listPage,
  paperDownload,
  postingPage,
  prepareForm,
  prepareRoute,
} from './pages/review/list-routes.js';
import type { Registrar } from './registrar.js';

const RESCAN = 'Quét lại ở chế độ đen trắng để tệp nhỏ hơn.';

/** Lists on their way to the decision that recognises them. */
export function addReview(site: Registrar<Env>): void {
  const paper = limited(LARGEST_SIGNED_FILE + MEGABYTE, RESCAN);
  site.get('list:read', '/danh-sach', onceReviewed('lists', 'Danh sách công nhận', listBoard));
  site.post('list:propose', '/danh-sach', small(), prepareRoute);
  site.get('list:propose', '/danh-sach/moi', prepareForm);
  site.get('list:read', '/danh-sach/:id', listPage);
  site.get('list:read', '/danh-sach/:id/niem-yet', postingPage);
  site.get('list:read', '/danh-sach/:id/van-ban', paperDownload);
  site.post('list:propose', '/danh-sach/:id/lap-lai', small(), listActs.prepare);
  site.post('list:propose', '/danh-sach/:id/trinh', small(), listActs.submit);
  site.post('list:propose', '/danh-sach/:id/bo', small(), listActs.withdraw);
  site.post('list:propose', '/danh-sach/:id/quyet-dinh', paper, decideRoute);
  site.post('list:decide', '/danh-sach/:id/duyet', small(), listActs.approve);
  site.post('list:decide', '/danh-sach/:id/tra-lai', small(), listActs.return);
}
