import { Pager } from './pager.js';

export const pagerExample = (page = 2, pageCount = 3) => (
  <Pager page={page} pageCount={pageCount} hrefOf={(number) => `?trang=${number}`} />
);
