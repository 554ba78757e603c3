import type { EntryLine, Names } from '../../../audit/index.js';
import { deedOf } from '../../../audit/index.js';
import { csvField, writeXlsx } from '../../../figures/index.js';
import { instantText } from '../../instant.js';
import { SITE } from '../../../web/index.js';

const TITLES = [
  ...['Thời điểm', 'Người', 'Thay mặt', 'Vai trò', 'Cơ quan', 'Việc', 'Mã thao tác'],
  ...[
    'Loại đối tượng',
    'Mã đối tượng',
    'Nơi',
    'Lý do',
    'Mục đích',
    'Quyết định thanh tra',
    'Thiết bị',
  ],
  ...['Thay bản', 'Nội dung', 'Chuỗi', 'Số trong chuỗi', 'Mã mục'],
];

const WIDTHS = [18, 24, 24, 24, 28, 44, 20, 14, 38, 18, 30, 30, 20, 24, 20, 50, 44, 12, 38];

/** Longer text does not fit a cell of a workbook (32,767 characters). */
const CELL_LIMIT = 32_000;

function cellsOf(entry: EntryLine, names: Names): string[] {
  const roles = (entry.role ?? '').split(',').filter((id) => id !== '');
  const payload = entry.isRedacted ? '(đã che theo quyết định)' : JSON.stringify(entry.payload);
  return [
    ...[instantText(entry.at), entry.actorName ?? 'Hệ thống', entry.behalfName ?? ''],
    ...[roles.map((id) => names.role(id)).join(', '), entry.officeName ?? ''],
    ...[
      deedOf(entry, names),
      entry.action,
      entry.subjectKind,
      entry.subjectId,
      entry.placeName ?? '',
    ],
    ...[entry.reason ?? '', entry.purpose ?? '', entry.inspection ?? '', entry.device ?? ''],
    ...[entry.baseVersion ?? '', payload, entry.stream, String(entry.seq), entry.entryId],
  ];
}

/** CSV as the forms have it: byte order mark, no text that a spreadsheet takes for a formula. */
export function entriesCsv(
  entries: readonly EntryLine[],
  names: Names,
  isDemo: boolean,
): Uint8Array<ArrayBuffer> {
  const lines = [
    ...(isDemo ? [[SITE.simulated]] : []),
    TITLES,
    ...entries.map((entry) => cellsOf(entry, names)),
  ];
  const text = `\uFEFF${lines.map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`;
  return new TextEncoder().encode(text);
}

export function entriesXlsx(
  entries: readonly EntryLine[],
  names: Names,
  isDemo: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const mark = isDemo ? [[{ value: SITE.simulated, style: 'mark' as const }]] : [];
  const head = TITLES.map((value) => ({ value, style: 'head' as const }));
  const body = entries.map((entry) =>
    cellsOf(entry, names).map((value) => {
      return { value: value.slice(0, CELL_LIMIT), style: 'plain' as const };
    }),
  );
  const top = mark.length + 1;
  return writeXlsx({
    name: 'Nhật ký',
    rows: [...mark, head, ...body],
    merges: isDemo ? ['A1:E1'] : [],
    frozenRows: top,
    printTitles: [top, top],
    widths: WIDTHS,
    heights: [],
  });
}
