import pg from 'pg';
import type { ProblemKind, ProblemText } from '../kernel/index.js';
import { Problem } from '../kernel/index.js';

type Known = [ProblemKind, ProblemText];

/**
 * SQLSTATE → what a person is told (PostgreSQL manual, appendix A). States that mean a mistake in our
 * own SQL are not here on purpose: they stay errors and end as "lỗi hệ thống".
 */
const KNOWN: Record<string, Known> = {
  '23505': [
    'conflict',
    {
      code: 'already-exists',
      what: 'Dữ liệu này đã có.',
      why: 'Một bản ghi khác mang cùng khóa.',
      todo: 'Tải lại trang để xem bản đã có.',
    },
  ],
  '23503': [
    'refused',
    {
      code: 'reference-missing',
      what: 'Dữ liệu nhắc tới một bản ghi không có.',
      todo: 'Tải lại trang rồi làm lại.',
    },
  ],
  '23514': ['refused', notTaken('value-not-allowed', 'Giá trị không nằm trong phạm vi cho phép.')],
  '23502': ['refused', notTaken('value-missing', 'Thiếu một giá trị bắt buộc.')],
  '22001': ['refused', notTaken('text-too-long', 'Nội dung dài quá mức cho phép.')],
  '22003': ['refused', notTaken('number-out-of-range', 'Số lớn quá mức cho phép.')],
  '22008': ['refused', notTaken('date-out-of-range', 'Ngày không có trong lịch.')],
  '22021': ['refused', unstorable()],
  '22P05': ['refused', unstorable()],
  '42501': [
    'forbidden',
    {
      code: 'out-of-scope',
      what: 'Việc này nằm ngoài phạm vi được giao.',
      why: 'Dữ liệu thuộc địa bàn mà tài khoản không phụ trách.',
      todo: 'Kiểm tra lại địa bàn hoặc liên hệ người quản trị.',
    },
  ],
  '40001': ['conflict', somebodyFaster()],
  '40P01': ['conflict', somebodyFaster()],
  '55P03': ['conflict', somebodyFaster()],
  '57014': [
    'environment',
    { code: 'query-cancelled', what: 'Truy vấn chạy quá lâu nên đã dừng.', todo: 'Thử lại sau.' },
  ],
  '53100': [
    'environment',
    {
      code: 'disk-full',
      what: 'Ổ đĩa của cơ sở dữ liệu đã đầy; chưa có gì được ghi.',
      todo: 'Giải phóng ổ đĩa rồi làm lại.',
    },
  ],
  '53300': [
    'environment',
    {
      code: 'too-many-connections',
      what: 'Cơ sở dữ liệu đang quá tải kết nối.',
      todo: 'Thử lại sau ít phút.',
    },
  ],
};

const UNREACHABLE: Known = [
  'environment',
  {
    code: 'database-unreachable',
    what: 'Không kết nối được với cơ sở dữ liệu.',
    why: 'Cơ sở dữ liệu đang khởi động, đang dừng hoặc địa chỉ kết nối sai.',
    todo: 'Kiểm tra hệ thống đang chạy, sau đó thử lại.',
  },
];

/** What the pool says when no connection came free in time; it has no code. */
const NO_CONNECTION = 'timeout exceeded when trying to connect';

const BUSY: Known = [
  'environment',
  {
    code: 'database-busy',
    what: 'Hệ thống đang bận.',
    why: 'Quá nhiều việc cùng chờ cơ sở dữ liệu.',
    todo: 'Thử lại sau ít phút.',
  },
];

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Any thrown value; database errors that people can act on become a `Problem`, others stay. */
export function problemOfSql(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = KNOWN[code] ?? connectionProblem(error, code);
  if (!known) return error;
  const [kind, text] = known;
  const details: Record<string, unknown> = {};
  if (error instanceof pg.DatabaseError) {
    if (error.table) details['table'] = error.table;
    if (error.constraint) details['constraint'] = error.constraint;
  }
  return new Problem(kind, { ...text, details }, error);
}

function connectionProblem(error: Error, code: string): Known | undefined {
  if (error.message === NO_CONNECTION) return BUSY;
  return isUnreachable(error, code) ? UNREACHABLE : undefined;
}

function isUnreachable(error: Error, code: string): boolean {
  if (code.startsWith('08') || /^57P0[1-3]$/.test(code)) return true;
  if ('syscall' in error && NETWORK.has(code)) return true;
  return error.message.startsWith('Connection terminated');
}

/** What the forms should have caught: the last gate says no more than that it held. */
function notTaken(code: string, what: string): ProblemText {
  return {
    code,
    what,
    why: 'Cơ sở dữ liệu không nhận giá trị này; chưa có gì được ghi.',
    todo: 'Kiểm tra lại nội dung vừa nhập. Nếu đúng như giấy tờ, gửi câu này cho người quản trị.',
  };
}

function unstorable(): ProblemText {
  return {
    code: 'text-not-storable',
    what: 'Nội dung chứa ký tự không lưu được (ký tự rỗng NUL hoặc mã chữ hỏng).',
    todo: 'Xóa ký tự lạ trong tệp rồi nhập lại.',
  };
}

function somebodyFaster(): ProblemText {
  return {
    code: 'changed-meanwhile',
    what: 'Có người vừa thay đổi cùng dữ liệu này.',
    todo: 'Tải lại trang rồi làm lại.',
  };
}
