import { SYSTEM_ACTOR_ID } from '../../store/index.js';
import type { EntryLine } from './entry-line.js';

type Say = (entry: EntryLine, names: Names) => string;

/** What an entry tells beside its fields; an entry from another version may lack any of it. */
function detail(entry: EntryLine, name: string): string | null {
  const { payload } = entry;
  if (typeof payload !== 'object' || payload === null || !(name in payload)) return null;
  const value = (payload as Record<string, unknown>)[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** "đợt 2025" from a payload with a round. */
const ofRound = (entry: EntryLine): string => {
  const round = detail(entry, 'round');
  return round === null ? '' : ` của đợt ${round}`;
};

const file = (entry: EntryLine): string => {
  const name = entry.fileName ?? detail(entry, 'fileName');
  return name === null ? 'tệp rà soát' : `tệp “${name}”`;
};

/** Rows of a sheet that made no household: nothing of them stands in a book. */
const held = (entry: EntryLine): string =>
  `đã giữ lại, không ghi vào sổ, các dòng của trang${inQuotes(detail(entry, 'sheet')) || ' tính'} trong ${file(entry)}`;

/** Before there was `import.hold`, rows that were only kept were entered as a commit without a unit. */
function committed(entry: EntryLine): string {
  const { unitCode, changes } = partsOf<{ unitCode: unknown; changes: unknown }>(entry.payload);
  if (unitCode === null) return held(entry);
  const { created, updated } = partsOf<{ created: unknown; updated: unknown }>(changes);
  return created === 0 && updated === 0
    ? `đã nộp ${file(entry)}, không có hộ nào phải thêm hay cập nhật`
    : `đã ghi kết quả rà soát từ ${file(entry)}`;
}

/** The members of what should be an object; an entry may hold anything. */
const partsOf = <T>(value: unknown): Partial<T> =>
  typeof value === 'object' && value !== null ? value : {};

const FORMAT: Readonly<Record<string, string>> = {
  csv: 'CSV',
  xlsx: 'Excel',
  json: 'JSON',
  text: 'văn bản',
};

const inFormat = (entry: EntryLine): string => {
  const format = detail(entry, 'format');
  return format === null ? '' : ` ra ${FORMAT[format] ?? format}`;
};

const whose = (entry: EntryLine): string =>
  entry.subjectName === null ? 'một tài khoản' : `tài khoản của ${entry.subjectName}`;

/** "vai trò cán bộ cấp xã của Nông Thị Mẫu". */
function roleOf(entry: EntryLine, names: Names): string {
  const id = detail(entry, 'role');
  const role = id === null ? 'một vai trò' : `vai trò ${names.role(id)}`;
  return entry.subjectName === null ? role : `${role} của ${entry.subjectName}`;
}

/** ": xem sổ hộ; duyệt trình danh sách đề nghị công nhận"; nothing where the entry does not say. */
function handedOver(entry: EntryLine, names: Names): string {
  const { permissions } = partsOf<{ permissions: unknown }>(entry.payload);
  const ids = Array.isArray(permissions) ? permissions : [];
  const words = ids.flatMap((id) => (typeof id === 'string' ? [names.permission(id)] : []));
  return words.length === 0 ? '' : `: ${words.join('; ')}`;
}

const listOf = (entry: EntryLine): string =>
  entry.listName === null
    ? 'một danh sách đề nghị công nhận'
    : `danh sách đề nghị công nhận của ${entry.listName}`;

/** The one act of a household itself, which has no account. */
const BY_THE_HOUSEHOLD = 'household-code.read';

const inQuotes = (text: string | null): string => (text === null ? '' : ` “${text}”`);

/**
 * What somebody did, as the rest of a sentence that begins with their name. Every action named in the
 * program has its words here; a test reads the sources and holds them to it.
 */
export const SENTENCES: Readonly<Record<string, Say>> = {
  'access.sign-in': () => 'đã đăng nhập',
  'access.sign-in-refused': (entry) =>
    `đã từ chối một lần đăng nhập sai${entry.subjectName === null ? '' : ` vào ${whose(entry)}`}`,
  'access.sign-out': () => 'đã đăng xuất',
  'access.code': () => 'đã nhập đúng mã xác thực',
  'access.code-refused': () => 'đã nhập sai mã xác thực',
  'access.password-change': () => 'đã đổi mật khẩu của mình',
  'access.recovery-renew': () => 'đã tạo bộ mã khôi phục mới',
  'access.sessions-end': () => 'đã đăng xuất các thiết bị khác',
  'access.totp-enrol': () => 'đã bật mã xác thực trên điện thoại',
  'account.close': (entry) => `đã đóng ${whose(entry)}`,
  'account.change-password': () => 'đã đổi mật khẩu của mình',
  'account.create': (entry) => `đã tạo ${whose(entry)}`,
  'account.end-session': () => 'đã đăng xuất một thiết bị khác của mình',
  'account.link': (entry) => `đã nối ${whose(entry)} với đăng nhập một lần`,
  'account.password-off': (entry) => `đã bỏ mật khẩu riêng của ${whose(entry)}`,
  'account.password-on': (entry) => `đã cho ${whose(entry)} dùng mật khẩu riêng`,
  'account.reset-totp': (entry) => `đã đặt lại ứng dụng xác thực của ${whose(entry)}`,
  'account.set-password': (entry) => `đã đặt mật khẩu mới cho ${whose(entry)}`,
  'account.unlink': (entry) => `đã bỏ nối ${whose(entry)} với đăng nhập một lần`,
  'audit.chain-earlier': (entry) =>
    `đã nối chuỗi ${detail(entry, 'entries') ?? 'các'} mục nhật ký có từ trước`,
  'audit.export': (entry) =>
    `đã xuất ${detail(entry, 'rows') ?? 'các'} mục nhật ký${inFormat(entry)}`,
  'audit.read': () => 'đã mở một mục nhật ký',
  'audit.redact': (entry) =>
    `đã che nội dung một mục nhật ký theo quyết định ${detail(entry, 'decision') ?? ''}`.trim(),
  'audit.replace-lost-key': () => 'đã thay khóa ký nhật ký bị mất',
  'audit.rotate-key': () => 'đã thay khóa ký nhật ký',
  'audit.search': () => 'đã tra cứu nhật ký',
  'demo.make': () => 'đã dựng xong tỉnh mô phỏng',
  'demo.prepare': () => 'đã lập địa bàn của tỉnh mô phỏng',
  'figure.export': () => 'đã lấy một số liệu ra ngoài',
  'form.export': (entry) => `đã xuất mẫu ${entry.subjectId}${ofRound(entry)}${inFormat(entry)}`,
  'household-code.issue': () => 'đã cấp mã tra cứu cho hộ',
  [BY_THE_HOUSEHOLD]: () => 'đã xem ai dùng thông tin của mình, bằng mã trên phiếu',
  'household-code.refuse': () => 'đã từ chối mã của hộ vì sai năm sinh',
  'household.read': () => 'đã mở trang của hộ',
  'household.search': (entry) => `đã tìm trong danh sách hộ${ofRound(entry)}`,
  'identifier.correct': () => 'đã sửa số định danh của một thành viên',
  'identifier.read': () => 'đã xem đầy đủ số định danh của một thành viên',
  'identifier.record': () => 'đã ghi số định danh của một thành viên',
  'import.commit': committed,
  'import.hold': held,
  'import.preview': (entry) => `đã xem trước ${file(entry)}${ofRound(entry)}`,
  'import.read': (entry) => `đã xem các dòng cần rà soát của ${file(entry)}`,
  'import.void': (entry) => `đã hủy lần nhập ${file(entry)}`,
  'inspection.close': () => 'đã kết thúc một cuộc thanh tra, kiểm tra',
  'inspection.join': () => 'đã tham gia một cuộc thanh tra, kiểm tra',
  'inspection.leave': () => 'đã rời một cuộc thanh tra, kiểm tra',
  'inspection.open': (entry) =>
    `đã mở cuộc thanh tra, kiểm tra theo quyết định ${detail(entry, 'decisionNumber') ?? ''}`.trim(),
  'inspection.publish': () => 'đã ghi việc công khai kết quả một cuộc thanh tra, kiểm tra',
  'instance.init': () => 'đã lập hệ thống',
  'keys.drop': () => 'đã bỏ một khóa mã hóa cũ',
  'keys.rotate': () => 'đã thay khóa mã hóa số định danh',
  'list-names.export': (entry) => `đã in tên để niêm yết của ${listOf(entry)}`,
  'list-paper.read': (entry) => `đã mở văn bản đã ký của ${listOf(entry)}`,
  'list.approve': (entry) => `đã duyệt trình ${listOf(entry)}`,
  'list.decide': (entry) => `đã ghi quyết định công nhận của ${listOf(entry)}`,
  'list.prepare': (entry) => `đã lập ${listOf(entry)}`,
  'list.return': (entry) => `đã trả lại ${listOf(entry)}`,
  'list.submit': (entry) => `đã trình ${listOf(entry)}`,
  'list.withdraw': (entry) => `đã bỏ ${listOf(entry)}`,
  'office.install': () => 'đã bổ sung những cơ quan còn thiếu của tỉnh',
  'office.move': (entry) =>
    `đã chuyển ${detail(entry, 'name') ?? 'một cơ quan'} theo việc sắp xếp đơn vị`,
  'office.move-below': (entry) =>
    `đã đặt ${detail(entry, 'name') ?? 'một cơ quan'} dưới cơ quan của đơn vị mới`,
  'office.move-import': () => 'đã chuyển một tệp đang xem trước theo việc sắp xếp đơn vị',
  'office.move-inspection': () => 'đã chuyển một cuộc thanh tra, kiểm tra theo việc sắp xếp đơn vị',
  'office.move-job': () => 'đã chuyển một việc đang chờ chạy theo việc sắp xếp đơn vị',
  'office.move-list': () => 'đã chuyển một danh sách đang làm theo việc sắp xếp đơn vị',
  'office.move-done': (entry) =>
    `đã thực hiện việc sắp xếp cơ quan của ${detail(entry, 'unitName') ?? 'một đơn vị'}`,
  'office.plan-move': (entry) =>
    `đã lập việc sắp xếp cơ quan của ${detail(entry, 'unitName') ?? 'một đơn vị'}`,
  'office.void-move': (entry) =>
    `đã hủy việc sắp xếp cơ quan của ${detail(entry, 'unitName') ?? 'một đơn vị'}`,
  'publication.export': () => 'đã xuất bản công khai ra một tệp',
  'publication.publish': () => 'đã lập bản công khai',
  'role.add': (entry, names) => `đã giao ${roleOf(entry, names).replace(' của ', ' cho ')}`,
  'role.delegate': (entry, names) =>
    `đã ủy quyền cho ${detail(entry, 'receiverName') ?? 'một người cùng cơ quan'}${handedOver(entry, names)}`,
  'role.end': (entry, names) => `đã kết thúc ${roleOf(entry, names)}`,
  'role.move': (entry, names) => `đã chuyển ${roleOf(entry, names)} theo việc sắp xếp đơn vị`,
  'role.move-delegation': () => 'đã chuyển một ủy quyền theo việc sắp xếp đơn vị',
  'role.withdraw': () => 'đã rút một ủy quyền',
  'series.export': () => 'đã xuất chuỗi số liệu của một chỉ tiêu',
  'upload.classified-refused': (entry) =>
    `đã bị từ chối khi gửi một tệp mang dấu độ mật${inQuotes(detail(entry, 'degree'))}`,
};

/** An action without words keeps its name, so that nothing is hidden. */
export const deedOf = (entry: EntryLine, names: Names): string =>
  SENTENCES[entry.action]?.(entry, names) ?? `đã thực hiện thao tác “${entry.action}”`;

/** The words of one action for a list to choose from: "ghi kết quả rà soát từ tệp rà soát". */
export function actionLabel(action: string): string {
  const say = SENTENCES[action];
  return say
    ? say({ ...NOTHING, action }, { role: (id) => id, permission: (id) => id }).replace(/^đã /, '')
    : action;
}

const NOTHING: EntryLine = {
  ...{ entryId: '', stream: '', seq: 0, at: new Date(0), actorId: '', actorName: null, role: null },
  ...{
    officeName: null,
    behalfName: null,
    device: null,
    action: '',
    subjectKind: '',
    subjectId: '…',
  },
  ...{
    subjectName: null,
    listName: null,
    placeName: null,
    baseVersion: null,
    reason: null,
    purpose: null,
    inspection: null,
  },
  ...{ payload: null, isRedacted: false, fileName: null },
};

/** Names that lie in other rooms. */
export interface Names {
  /** "cán bộ cấp xã" for `commune_officer`; the id itself when it is not known. */
  role(id: string): string;
  /** "xem sổ hộ" for `household:read`. */
  permission(id: string): string;
}

const INSTALLATION = 'installation';
/** How the command line names itself as a device. */
export const AT_THE_MACHINE = 'dòng lệnh';

/**
 * "Nông Thị Xuân (cán bộ cấp xã, Ủy ban nhân dân xã Quốc Khánh)"; "Nông Thị Xuân thay mặt Lý Văn Páo
 * (lãnh đạo cấp xã, …)"; "Hệ thống".
 */
export function whoOf(entry: EntryLine, names: Names): string {
  if (entry.action === BY_THE_HOUSEHOLD) return 'Hộ gia đình';
  if (entry.actorId === SYSTEM_ACTOR_ID) {
    return entry.device?.startsWith(AT_THE_MACHINE) ? `Hệ thống (${entry.device})` : 'Hệ thống';
  }
  const own = entry.actorName ?? `Tài khoản ${entry.actorId}`;
  const name = entry.behalfName === null ? own : `${own} thay mặt ${entry.behalfName}`;
  const roles = (entry.role ?? '').split(',').filter((id) => id !== '' && id !== INSTALLATION);
  const more = [
    ...roles.map((id) => names.role(id)),
    ...(entry.officeName ? [entry.officeName] : []),
  ];
  return more.length > 0 ? `${name} (${more.join(', ')})` : name;
}

/** "Nông Thị Xuân (…) đã mở trang của hộ. Mục đích: … Lý do: …" */
export function sentenceOf(entry: EntryLine, names: Names): string {
  const under = entry.inspection === null ? '' : ` theo quyết định thanh tra ${entry.inspection}`;
  const more = [
    ...(entry.purpose ? [`Mục đích: ${entry.purpose}.`] : []),
    ...(entry.reason ? [`Lý do: ${entry.reason}.`] : []),
    ...(entry.isRedacted ? ['(Nội dung đã được che theo quyết định.)'] : []),
  ];
  return [`${whoOf(entry, names)} ${deedOf(entry, names)}${under}.`, ...more]
    .join(' ')
    .replace(/([.?!…])\.(?=\s|$)/g, '$1');
}
