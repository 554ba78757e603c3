import type { PlainDate } from '../../kernel/index.js';
import { Problem, formatDate } from '../../kernel/index.js';
import type { Assignment } from './assignments.js';

/** What somebody asks to hand over. */
export interface Handover {
  from: PlainDate;
  until: PlainDate;
  /** Of the role; `null` = all of them. */
  permissions: readonly string[] | null;
}

/** The role it comes from, with what its holder may do by it. */
export interface Source extends Pick<Assignment, 'delegatedFrom' | 'validFrom' | 'validTo'> {
  label: string;
  isDelegable: boolean;
  can: readonly string[];
}

/**
 * Pure: may this be handed over? Never for longer than the own role, never more than it gives, never what
 * was received, with an end within a year.
 * @throws Problem `delegation-…`
 */
export function checkHandover(source: Source, asked: Handover, day: PlainDate): void {
  const { from, until, permissions } = asked;
  if (source.delegatedFrom !== null) throw delegationProblems.handedOn();
  if (!source.isDelegable) throw delegationProblems.notDelegable(source.label);
  if (from < day) throw delegationProblems.startsInThePast();
  if (until < from) throw delegationProblems.backwards();
  if (until > yearAfter(from)) throw delegationProblems.tooLong();
  if (source.validFrom > from) throw delegationProblems.beforeOwn(source.validFrom);
  if (source.validTo !== null && until > source.validTo) {
    throw delegationProblems.longerThanOwn(source.validTo);
  }
  if (permissions?.length === 0) throw delegationProblems.nothing();
  const wider = permissions?.some((one) => !source.can.includes(one)) ?? false;
  if (wider) throw delegationProblems.widerThanOwn();
}

/** The day a year later; of 29 February, the day before 1 March. */
function yearAfter(date: PlainDate): PlainDate {
  const rest = date.endsWith('-02-29') ? '-02-28' : date.slice(4);
  return `${Number(date.slice(0, 4)) + 1}${rest}` as PlainDate;
}

const refused = (code: string, what: string, why: string, todo: string): Problem =>
  new Problem('refused', { code: `delegation-${code}`, what, why, todo });

/** Every way in which a delegation is refused, with its sentence. */
export const delegationProblems = {
  noBeginning: () =>
    refused(
      'without-beginning',
      'Ngày bắt đầu không có trong lịch.',
      'Ủy quyền bắt đầu từ một ngày; để trống là từ hôm nay.',
      'Xem lại ngày bắt đầu, hoặc để trống.',
    ),
  noEnd: () =>
    refused(
      'without-end',
      'Chưa có ngày kết thúc, hoặc ngày ghi không có trong lịch.',
      'Ủy quyền luôn có ngày kết thúc.',
      'Chọn ngày cuối cùng người nhận làm thay bạn.',
    ),
  startsInThePast: () =>
    refused(
      'in-the-past',
      'Ngày bắt đầu đã qua.',
      'Việc đã làm hôm qua không thể làm thay từ hôm nay.',
      'Chọn ngày bắt đầu từ hôm nay trở đi.',
    ),
  backwards: () =>
    refused(
      'backwards',
      'Ngày kết thúc đứng trước ngày bắt đầu.',
      'Ủy quyền bắt đầu trước, kết thúc sau.',
      'Xem lại hai ngày.',
    ),
  tooLong: () =>
    refused(
      'too-long',
      'Ủy quyền dài quá một năm.',
      'Làm thay lâu hơn một năm cần một phân công chính thức.',
      'Chọn ngày kết thúc trong vòng một năm.',
    ),
  longerThanOwn: (until: PlainDate) =>
    refused(
      'longer-than-own',
      `Vai trò của bạn kết thúc ngày ${formatDate(until)}.`,
      'Không ủy quyền lâu hơn vai trò mình giữ.',
      'Chọn ngày kết thúc không sau ngày đó.',
    ),
  beforeOwn: (from: PlainDate) =>
    refused(
      'before-own',
      `Vai trò của bạn bắt đầu từ ngày ${formatDate(from)}.`,
      'Chưa giữ thì chưa ủy quyền được.',
      'Chọn ngày bắt đầu từ ngày đó.',
    ),
  nothing: () =>
    refused(
      'of-nothing',
      'Chưa chọn việc nào để ủy quyền.',
      'Ủy quyền phải nói rõ những việc người nhận được làm.',
      'Đánh dấu ít nhất một việc.',
    ),
  widerThanOwn: () =>
    refused(
      'wider-than-own',
      'Phần ủy quyền rộng hơn phần bạn được giao.',
      'Chỉ ủy quyền được việc và địa bàn của chính vai trò đó, hoặc hẹp hơn.',
      'Tải lại trang rồi chọn lại.',
    ),
  handedOn: () =>
    refused(
      'handed-on',
      'Vai trò này do người khác ủy quyền cho bạn.',
      'Người được ủy quyền không ủy quyền tiếp.',
      'Nhờ người đã ủy quyền cho bạn chọn người khác.',
    ),
  notOwn: () =>
    new Problem('not-found', {
      code: 'delegation-not-own',
      what: 'Bạn không giữ vai trò này hôm nay.',
      why: 'Chỉ ủy quyền được vai trò mình đang giữ.',
      todo: 'Tải lại trang rồi chọn lại.',
    }),
  notDelegable: (label: string) =>
    refused(
      'not-allowed',
      `Vai trò “${label}” không ủy quyền được.`,
      'Vai trò này giao đích danh cho từng người.',
      'Nhờ người quản trị giao vai trò cho người khác.',
    ),
  toOneself: () =>
    refused(
      'to-oneself',
      'Người nhận chính là bạn.',
      'Hai tài khoản của một người vẫn là một người.',
      'Chọn người khác.',
    ),
  notColleague: () =>
    refused(
      'outside-office',
      'Người nhận không giữ vai trò nào ở cơ quan của bạn.',
      'Ủy quyền chỉ trong cùng một cơ quan: cơ quan chịu trách nhiệm về việc không đổi.',
      'Chọn người cùng cơ quan, hoặc nhờ người quản trị giao vai trò.',
    ),
  heldAlready: () =>
    new Problem('conflict', {
      code: 'delegation-held-already',
      what: 'Người nhận đã giữ vai trò này trong thời gian đó.',
      why: 'Hai ủy quyền của cùng một vai trò cho cùng một người không chồng lên nhau.',
      todo: 'Rút ủy quyền cũ trước, hoặc chọn ngày khác.',
    }),
  notFound: () =>
    new Problem('not-found', {
      code: 'delegation-not-found',
      what: 'Không có ủy quyền này, hoặc không phải của bạn.',
      todo: 'Xem các ủy quyền của bạn ở trang “Ủy quyền”.',
    }),
  over: () =>
    new Problem('conflict', {
      code: 'delegation-over',
      what: 'Ủy quyền này đã hết từ trước.',
      todo: 'Không cần rút nữa.',
    }),
};
