import type { NoticeProps } from './notice.js';
import { Notice } from './notice.js';

export const noticeExample = (tone: NoticeProps['tone'] = 'alert') => (
  <Notice tone={tone} what="Không ghi được." why="Tệp đã thay đổi." todo="Tải lại tệp." />
);
