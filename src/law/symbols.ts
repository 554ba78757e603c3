import { withoutDiacritics } from '../kernel/index.js';

/** Kinds of documents that have a number of their own. */
export const DOCUMENT_TYPES = [
  'law',
  'ordinance',
  'order',
  'resolution',
  'decree',
  'decision',
  'circular',
  'joint-circular',
  'directive',
  'plan',
  'programme',
  'scheme',
  'report',
  'submission',
  'notice',
  'conclusion',
  'guidance',
  'regulation',
  'telegram',
  'letter',
  'consolidated-text',
  'technical-regulation',
] as const;

export type DocumentType = (typeof DOCUMENT_TYPES)[number];

interface TypeName {
  type: DocumentType;
  /** In a document's number, e.g. QĐ; `null` when the type never stands there. */
  symbol: string | null;
  /** In running text. */
  word: string;
}

/** Symbols and words of the types; NĐ 30/2020/NĐ-CP, annex III, and the Party's own rules. */
export const TYPE_NAMES: readonly TypeName[] = [
  { type: 'joint-circular', symbol: 'TTLT', word: 'Thông tư liên tịch' },
  { type: 'consolidated-text', symbol: 'VBHN', word: 'Văn bản hợp nhất' },
  { type: 'law', symbol: null, word: 'Bộ luật' },
  { type: 'law', symbol: null, word: 'Luật' },
  { type: 'ordinance', symbol: 'PL', word: 'Pháp lệnh' },
  { type: 'order', symbol: 'L', word: 'Lệnh' },
  { type: 'resolution', symbol: 'NQ', word: 'Nghị quyết' },
  { type: 'decree', symbol: 'NĐ', word: 'Nghị định' },
  { type: 'decision', symbol: 'QĐ', word: 'Quyết định' },
  { type: 'circular', symbol: 'TT', word: 'Thông tư' },
  { type: 'directive', symbol: 'CT', word: 'Chỉ thị' },
  { type: 'plan', symbol: 'KH', word: 'Kế hoạch' },
  { type: 'programme', symbol: 'CTr', word: 'Chương trình' },
  { type: 'scheme', symbol: 'ĐA', word: 'Đề án' },
  { type: 'report', symbol: 'BC', word: 'Báo cáo' },
  { type: 'submission', symbol: 'TTr', word: 'Tờ trình' },
  { type: 'notice', symbol: 'TB', word: 'Thông báo' },
  { type: 'conclusion', symbol: 'KL', word: 'Kết luận' },
  { type: 'guidance', symbol: 'HD', word: 'Hướng dẫn' },
  { type: 'regulation', symbol: 'QC', word: 'Quy chế' },
  { type: 'regulation', symbol: 'QyĐ', word: 'Quy định' },
  { type: 'telegram', symbol: 'CĐ', word: 'Công điện' },
  { type: 'letter', symbol: 'CV', word: 'Công văn' },
  { type: 'technical-regulation', symbol: null, word: 'Quy chuẩn kỹ thuật quốc gia' },
];

/** Issuing bodies by their symbol, as far as texts of this field cite them. */
const ISSUERS: Readonly<Record<string, string>> = {
  CP: 'Chính phủ',
  TTg: 'Thủ tướng Chính phủ',
  CTN: 'Chủ tịch nước',
  VPCP: 'Văn phòng Chính phủ',
  UBND: 'Ủy ban nhân dân',
  HĐND: 'Hội đồng nhân dân',
  UBDT: 'Ủy ban Dân tộc',
  BDTTG: 'Bộ Dân tộc và Tôn giáo',
  SDTTG: 'Sở Dân tộc và Tôn giáo',
  BDT: 'Ban Dân tộc',
  BLĐTBXH: 'Bộ Lao động - Thương binh và Xã hội',
  LĐTBXH: 'Bộ Lao động - Thương binh và Xã hội',
  BNNMT: 'Bộ Nông nghiệp và Môi trường',
  BNNPTNT: 'Bộ Nông nghiệp và Phát triển nông thôn',
  BTC: 'Bộ Tài chính',
  BKHĐT: 'Bộ Kế hoạch và Đầu tư',
  BXD: 'Bộ Xây dựng',
  BNV: 'Bộ Nội vụ',
  BTP: 'Bộ Tư pháp',
  BYT: 'Bộ Y tế',
  BGDĐT: 'Bộ Giáo dục và Đào tạo',
  BKHCN: 'Bộ Khoa học và Công nghệ',
  BTTTT: 'Bộ Thông tin và Truyền thông',
  BVHTTDL: 'Bộ Văn hóa, Thể thao và Du lịch',
  TCTK: 'Tổng cục Thống kê',
  KTNN: 'Kiểm toán Nhà nước',
  TW: 'Ban Chấp hành Trung ương Đảng',
  TU: 'Tỉnh ủy',
  HU: 'Huyện ủy',
  ĐU: 'Đảng ủy',
};

/** "QĐ", "qđ", "QD" are one symbol. */
const fold = (symbol: string): string => withoutDiacritics(symbol).toUpperCase();

const TYPE_BY_FOLD = new Map(
  TYPE_NAMES.flatMap((name) => (name.symbol ? [[fold(name.symbol), name] as const] : [])),
);
const ISSUER_BY_FOLD = new Map(Object.keys(ISSUERS).map((symbol) => [fold(symbol), symbol]));

/** The type whose symbol this is, however it is typed; `null` if it is none. */
export function typeOfSymbol(symbol: string): { type: DocumentType; symbol: string } | null {
  const name = TYPE_BY_FOLD.get(fold(symbol));
  return name?.symbol ? { type: name.type, symbol: name.symbol } : null;
}

/** The type a word of running text names ("Nghị định", also "NĐ"), `null` if it is none. */
export function typeOfWord(word: string): DocumentType | null {
  const plain = fold(word);
  const name = TYPE_NAMES.find((each) => fold(each.word) === plain);
  return name?.type ?? typeOfSymbol(word)?.type ?? null;
}

/** The official spelling of an issuer's symbol (TTG → TTg); unknown symbols stay as typed. */
export const issuerSymbol = (typed: string): string => ISSUER_BY_FOLD.get(fold(typed)) ?? typed;

export const isKnownIssuer = (typed: string): boolean => ISSUER_BY_FOLD.has(fold(typed));

/** Name of the body, `null` when the symbol is not in the table. */
export function issuerOfSymbol(symbol: string): string | null {
  if (/^QH\d+$/.test(symbol)) return 'Quốc hội';
  if (/^UBTVQH\d+$/.test(symbol)) return 'Ủy ban Thường vụ Quốc hội';
  return ISSUERS[symbol] ?? null;
}
