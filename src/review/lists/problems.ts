import { Problem, formatDate, formatInteger } from '../../kernel/index.js';
import type { PlainDate } from '../../kernel/index.js';
import type { RowChanges } from './snapshot.js';

const refused = (code: string, what: string, why: string, todo: string): Problem =>
  new Problem('refused', { code, what, why, todo });

/** Every way in which an act on a list is refused, with its sentence. */
export const listProblems = {
  notFound: () =>
    new Problem('not-found', {
      code: 'list-not-found',
      what: 'Không có danh sách này, hoặc danh sách ngoài địa bàn được giao.',
      todo: 'Xem các danh sách trong trang “Danh sách”.',
    }),
  unitNotFound: () =>
    new Problem('not-found', {
      code: 'unit-not-found',
      what: 'Không có xã, phường này trong đợt rà soát, hoặc ngoài địa bàn được giao.',
      todo: 'Chọn xã, phường trong danh sách.',
    }),
  notYours: () =>
    new Problem('forbidden', {
      code: 'list-not-yours',
      what: 'Việc này do người khác của xã làm.',
      why: 'Người lập và trình danh sách không phải là người duyệt.',
      todo: 'Báo người giữ vai trò đó.',
    }),
  wrongState: (state: string, act: string) =>
    new Problem('conflict', {
      code: 'list-state',
      what: `Không “${act.toLowerCase()}” được: danh sách này ${state}.`,
      why: 'Có người vừa làm bước tiếp theo, hoặc trang đang mở đã cũ.',
      todo: 'Tải lại trang để xem danh sách đang ở bước nào.',
    }),
  openAlready: () =>
    new Problem('conflict', {
      code: 'list-open',
      what: 'Xã, phường này đã có một danh sách của đợt đang làm.',
      why: 'Mỗi đợt, mỗi xã chỉ có một danh sách cùng lúc.',
      todo: 'Mở danh sách đó làm tiếp, hoặc bỏ nó trước.',
    }),
  empty: () =>
    refused(
      'list-empty',
      'Chưa có hộ nào để lập danh sách.',
      'Đợt này chưa có hộ của xã được ghi vào sổ, hoặc chưa hộ nào đủ dữ liệu để phân loại.',
      'Nhập tệp rà soát của xã rồi bấm “Ghi vào sổ” trước.',
    ),
  nothingInForce: () =>
    refused(
      'decision-missing',
      'Xã, phường này chưa có quyết định nào của đợt để thu hồi.',
      'Chỉ thu hồi quyết định đang có hiệu lực.',
      'Chọn lại đợt và xã.',
    ),
  reasonMissing: (act: string) =>
    new Problem('usage', {
      code: 'reason-missing',
      what: `Chưa ghi lý do để ${act.toLowerCase()}.`,
      why: 'Người nhận phải biết cần sửa gì; lý do được lưu cùng danh sách.',
      todo: 'Ghi một câu lý do rồi gửi lại.',
    }),
  makerIsChecker: () =>
    refused(
      'maker-is-checker',
      'Bạn không duyệt được danh sách này.',
      'Bạn đã lập, trình danh sách này hoặc nhập số liệu của hộ trong đó; người lập không phải là người duyệt.',
      'Để một lãnh đạo khác của xã duyệt.',
    ),
  checkerIsMaker: () =>
    refused(
      'checker-is-maker',
      'Bạn không lập hoặc trình được danh sách này.',
      'Bạn đã duyệt danh sách này một lần; người duyệt không phải là người lập.',
      'Để cán bộ của xã lập và trình.',
    ),
  behalfHasOtherPart: (name: string, has: 'maker' | 'checker') =>
    refused(
      has === 'maker' ? 'maker-is-checker' : 'checker-is-maker',
      `Bạn không làm việc này thay mặt ${name} được.`,
      has === 'maker'
        ? `${name} đã lập, trình danh sách này hoặc nhập số liệu của hộ trong đó; người lập không phải là người duyệt, cũng không duyệt qua người khác.`
        : `${name} đã duyệt danh sách này một lần; người duyệt không phải là người lập.`,
      'Để một người khác của xã làm.',
    ),
  checkerEntered: () =>
    refused(
      'checker-entered-rows',
      'Không lập tiếp được danh sách này.',
      'Người đã duyệt danh sách lại là người nhập số liệu của hộ trong đó.',
      'Bỏ danh sách này rồi lập danh sách mới; người duyệt sẽ là lãnh đạo khác.',
    ),
  rowsChanged: (changes: RowChanges, todo: string) =>
    new Problem('conflict', {
      code: 'list-rows-changed',
      what: `${formatInteger(changes.total)} hộ đổi từ khi lập danh sách.`,
      why: `${changesText(changes)}. Danh sách được duyệt phải đúng là số liệu trong sổ.`,
      todo,
      details: { changes },
    }),
};

/** "3 hộ thêm, 1 hộ bớt, 8 hộ đổi kết quả". */
export function changesText({ added, removed, reclassified, other }: RowChanges): string {
  const parts = [
    [added, 'hộ thêm'],
    [removed, 'hộ bớt'],
    [reclassified, 'hộ đổi kết quả'],
    [other, 'hộ đổi thông tin khác'],
  ] as const;
  return parts
    .filter(([n]) => n > 0)
    .map(([n, what]) => `${formatInteger(n)} ${what}`)
    .join(', ');
}

const decision = (code: string, what: string, why: string, todo: string): Problem =>
  new Problem('refused', { code, what, why, todo });

/** What is wrong with the decision as it was typed in. */
export const decisionProblems = {
  field: (what: string) =>
    new Problem('usage', {
      code: 'decision-field',
      what: `${what}.`,
      todo: 'Ghi đúng như trên quyết định đã ký rồi gửi lại.',
    }),
  beforeWindow: (date: PlainDate, from: PlainDate, round: number) =>
    decision(
      'decision-before-window',
      `Ngày ${formatDate(date)} trước ngày bắt đầu đợt rà soát năm ${round} (${formatDate(from)}).`,
      'Quyết định công nhận được ký sau khi rà soát.',
      'Kiểm tra ngày trên quyết định và đợt của danh sách.',
    ),
  inFuture: (date: PlainDate) =>
    decision(
      'decision-in-future',
      `Ngày ${formatDate(date)} chưa tới.`,
      'Chỉ ghi quyết định đã ký.',
      'Kiểm tra ngày trên quyết định.',
    ),
  beforeApproval: (date: PlainDate, approved: PlainDate) =>
    decision(
      'decision-before-approval',
      `Quyết định ghi ký ngày ${formatDate(date)}, nhưng danh sách này mới được duyệt trình ngày ${formatDate(approved)}.`,
      'Quyết định được ký cùng ngày hoặc sau ngày duyệt trình; ký trước thì không phải cho danh sách này.',
      'Kiểm tra ngày và đúng danh sách trên quyết định; nếu đã ký trước, cần văn bản ký lại cho danh sách này.',
    ),
  beforeReplaced: (date: PlainDate, replaced: PlainDate) =>
    decision(
      'decision-before-replaced',
      `Ngày ${formatDate(date)} trước ngày của quyết định được thay hoặc thu hồi (${formatDate(replaced)}).`,
      'Quyết định sau không thể ký trước quyết định mà nó thay.',
      'Kiểm tra ngày trên quyết định.',
    ),
  fileUsed: () =>
    new Problem('conflict', {
      code: 'signed-file-used',
      what: 'Tệp này đã được dùng cho một quyết định khác.',
      why: 'Mỗi quyết định có một văn bản riêng.',
      todo: 'Chọn đúng tệp quyết định của danh sách này.',
    }),
  numberUsed: (number: string) =>
    new Problem('conflict', {
      code: 'decision-number-used',
      what: `Xã, phường này đã có quyết định số ${number} cùng ngày.`,
      why: 'Một quyết định chỉ được ghi một lần.',
      todo: 'Kiểm tra số và ngày trên quyết định.',
    }),
};
