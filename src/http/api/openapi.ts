import { GROUPINGS, INDICATOR_CODES } from '../../figures/index.js';
import { ANSWERS } from './openapi-answers.js';

type Json = Record<string, unknown>;

const query = (name: string, description: string, schema: Json, required = false): Json => ({
  name,
  in: 'query',
  required,
  description,
  schema,
});
const inPath = (name: string, description: string, schema: Json): Json => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});

const TEXT = { type: 'string' };
const DAY = { type: 'string', format: 'date' };
const YEAR = { type: 'integer', minimum: 1900, maximum: 2199 };
const area = query('area', 'Mã đơn vị; mặc định là tỉnh', {
  type: 'string',
  pattern: '^\\d{2,5}$',
});
const boundaries = query('boundaries', 'Theo ranh giới của ngày này; mặc định: của chính đợt', DAY);
const on = query('on', 'Xét vào ngày này', DAY);
const indicator = inPath('code', 'Mã chỉ tiêu', { type: 'string', enum: [...INDICATOR_CODES] });

interface Operation {
  path: string;
  summary: string;
  parameters: readonly Json[];
  answer: keyof typeof ANSWERS;
}

const OPERATIONS: readonly Operation[] = [
  { path: '/indicators', summary: 'Các chỉ tiêu', parameters: [], answer: 'Indicators' },
  { path: '/rounds', summary: 'Các đợt rà soát', parameters: [], answer: 'Rounds' },
  {
    path: '/figures/{code}',
    summary: 'Một chỉ tiêu của một địa bàn và một đợt; chia theo nhóm chỉ ở cấp tỉnh',
    parameters: [
      indicator,
      query('period', 'Năm của đợt', YEAR, true),
      area,
      boundaries,
      query('by', 'Chia theo', { type: 'string', enum: [...GROUPINGS] }),
    ],
    answer: 'Figure',
  },
  {
    path: '/series/{code}',
    summary: 'Chỉ tiêu qua các đợt, bên cạnh số đã công bố',
    parameters: [
      indicator,
      area,
      boundaries,
      query('from', 'Từ đợt', YEAR),
      query('to', 'Đến đợt', YEAR),
    ],
    answer: 'Series',
  },
  {
    path: '/bridge',
    summary: 'Vì sao tỷ lệ hộ nghèo của tỉnh thay đổi giữa hai đợt',
    parameters: [query('from', 'Đợt đầu', YEAR, true), query('to', 'Đợt cuối', YEAR, true), area],
    answer: 'Bridge',
  },
  {
    path: '/forms/{form}',
    summary: 'Biểu mẫu 1, 2, 3 và các đẳng thức; mẫu 2, 3 chỉ công khai dòng toàn tỉnh',
    parameters: [
      inPath('form', 'Số biểu mẫu', { type: 'integer', enum: [1, 2, 3] }),
      query('round', 'Năm của đợt', YEAR, true),
      area,
      boundaries,
    ],
    answer: 'Form',
  },
  {
    path: '/areas',
    summary: 'Tìm đơn vị hành chính theo tên; tên trùng được trả lời bằng các khả năng',
    parameters: [query('name', 'Tên, có dấu hoặc không dấu', TEXT, true), on],
    answer: 'AreaSearch',
  },
  {
    path: '/areas/{code}',
    summary: 'Đơn vị mang mã này vào một ngày (mặc định: đơn vị sau cùng)',
    parameters: [inPath('code', 'Mã đơn vị', TEXT), on],
    answer: 'Area',
  },
  {
    path: '/areas/{code}/lineage',
    summary: 'Mọi đơn vị từng mang mã này',
    parameters: [inPath('code', 'Mã đơn vị', TEXT)],
    answer: 'AreaLineage',
  },
  {
    path: '/areas/{code}/bridge',
    summary: 'Những đơn vị cũ hợp thành một địa bàn trong một đợt: số thôn, số hộ',
    parameters: [
      inPath('code', 'Mã đơn vị vào ngày của ranh giới', TEXT),
      query('round', 'Năm của đợt', YEAR, true),
      boundaries,
    ],
    answer: 'BoundaryBridge',
  },
  { path: '/law/documents', summary: 'Sổ văn bản', parameters: [], answer: 'Documents' },
  {
    path: '/law/document',
    summary: 'Một văn bản: hiệu lực, bị thay đổi bởi văn bản nào',
    parameters: [query('key', 'Số, ký hiệu, ví dụ 07/2021/NĐ-CP', TEXT, true), on],
    answer: 'Document',
  },
  {
    path: '/law/citations',
    summary: 'Các viện dẫn văn bản trong một đoạn chữ',
    parameters: [query('text', 'Đoạn chữ, tối đa 4.000 ký tự', TEXT, true), on],
    answer: 'Citations',
  },
  {
    path: '/audit/anchors',
    summary: 'Mốc nhật ký cuối mỗi ngày, mới nhất trước; mặc định 31 ngày gần đây',
    parameters: [query('from', 'Từ ngày', DAY), query('to', 'Đến ngày', DAY)],
    answer: 'Anchors',
  },
  {
    path: '/audit/anchors/{date}',
    summary: 'Mốc nhật ký của một ngày, để giữ ở nơi khác và đối chiếu về sau',
    parameters: [inPath('date', 'Ngày theo giờ Việt Nam', DAY)],
    answer: 'Anchor',
  },
];

/** OpenAPI 3.1 of `/api/v1`; a test holds real answers against it. */
export function openApiDocument() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Thôn Bản – số liệu công khai',
      version: '1',
      description:
        'Chỉ đọc. Số nhỏ được ẩn (suppressed) như trên trang công khai. Tỷ lệ là chữ số thập phân ' +
        'có dấu chấm; null là chưa có số liệu, khác với 0. Mã là chuỗi ký tự.',
    },
    servers: [{ url: '/api/v1' }],
    paths: Object.fromEntries(
      OPERATIONS.map(({ path, summary, parameters, answer }) => [
        path,
        { get: { summary, parameters, responses: responses(answer) } },
      ]),
    ),
    components: { schemas: ANSWERS },
  };
}

function responses(answer: string): Json {
  const content = (name: string) => ({
    'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
  });
  const problem = (description: string) => ({ description, content: content('Problem') });
  return {
    200: { description: 'Có', content: content(answer) },
    304: { description: 'Không đổi từ lần hỏi trước (ETag)' },
    400: problem('Tham số không đọc được'),
    403: problem('Không công khai ở cấp này'),
    404: problem('Không có'),
  };
}
