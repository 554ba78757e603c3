import type { PlainDate } from '../../../kernel/index.js';
import { Problem, formatDate } from '../../../kernel/index.js';

/** Every way in which a move of offices is refused, with its sentence. */
export const moveProblems = {
  noChange: (code: string, on: PlainDate, isKnown: boolean) =>
    new Problem('refused', {
      code: isKnown ? 'move-no-change' : 'move-unit-unknown',
      what: isKnown
        ? `Theo danh mục, không có xã, phường mã ${code.slice(0, 10)} nào kết thúc ngay trước ngày ${formatDate(on)}.`
        : `Không có xã, phường nào mang mã "${code.slice(0, 10)}" trong danh mục.`,
      why: 'Việc sắp xếp cơ quan theo đúng danh mục đơn vị hành chính và nguồn gốc của từng đơn vị.',
      todo: 'Xem các ngày có thay đổi: thonban office plan',
    }),
  notHere: () =>
    new Problem('not-found', {
      code: 'unit-not-found',
      what: 'Không có đơn vị này trong phạm vi bạn quản trị.',
      todo: 'Chọn một đơn vị trong danh sách.',
    }),
  undecided: (n: number) =>
    new Problem('refused', {
      code: 'move-undecided',
      what: `${n} vai trò chưa rõ chuyển về đâu.`,
      why: 'Đơn vị được chia cho nhiều đơn vị mới; không có gì được chuyển theo phỏng đoán.',
      todo: 'Chọn nơi đến cho từng người, hoặc cho vai trò đó kết thúc.',
    }),
  plannedAlready: (name: string) =>
    new Problem('conflict', {
      code: 'move-planned-already',
      what: `Việc sắp xếp cơ quan của ${name} đã được lập.`,
      todo: 'Mở việc đã lập; muốn đổi thì hủy nó rồi lập lại.',
    }),
  nothingLeft: (name: string) =>
    new Problem('conflict', {
      code: 'move-nothing-left',
      what: `Việc sắp xếp cơ quan của ${name} đã thực hiện, không còn gì phải chuyển.`,
      todo: 'Muốn đổi lại thì giao và kết thúc từng vai trò.',
    }),
  failed: (error: unknown) =>
    new Problem('environment', {
      code: 'move-failed',
      what: 'Đến ngày mà việc sắp xếp chưa thực hiện được.',
      why: error instanceof Error ? error.message : String(error),
      todo: 'Hệ thống thử lại sau một giờ; nếu vẫn không được thì báo người vận hành.',
    }),
  notFound: () =>
    new Problem('not-found', {
      code: 'move-not-found',
      what: 'Không có việc sắp xếp này.',
      todo: 'Xem các việc đã lập ở trang “Tổ chức”.',
    }),
  notYet: (on: PlainDate) =>
    new Problem('refused', {
      code: 'move-not-yet',
      what: `Việc sắp xếp này có hiệu lực từ ngày ${formatDate(on)}.`,
      todo: 'Đến ngày đó hệ thống tự thực hiện.',
    }),
  notPlanned: () =>
    new Problem('conflict', {
      code: 'move-not-planned',
      what: 'Việc sắp xếp này đã thực hiện hoặc đã hủy.',
      why: 'Chỉ hủy được trước khi thực hiện.',
      todo: 'Muốn đổi lại thì giao và kết thúc từng vai trò.',
    }),
};
