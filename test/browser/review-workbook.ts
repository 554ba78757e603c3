import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeWorkbook } from '../support/workbook.js';

const HEADER = ['Ngày rà soát', 'Họ tên chủ hộ', 'Mã hộ', 'Giới tính', 'Số nhân khẩu'];
const SCORES = ['Điểm B1', 'Điểm B2', 'Phân loại'];
/** A column of the commune's own, which the importer does not know. */
const OWN = 'Xóm';

/**
 * A review file of one commune: a title, a header that is repeated once, four households of which one
 * needs a person, and a line that stands twice; one column nobody knows. `mark` makes another file of the
 * same households; `sheet` names the commune, or does not.
 */
export async function reviewWorkbook(mark = '1', sheet = 'Xã Quốc Khánh') {
  const header = [...HEADER, ...SCORES, OWN];
  const row = (name: string, code: string, b1: number, b2: number, status: string) => [
    ...['15/10/2025', `Mẫu Thử ${name}`, `${mark}-${code}`, 'Nam', 4, b1, b2, status, 'Nà Mẫu'],
  ];
  const path = await writeWorkbook([
    {
      name: sheet,
      rows: {
        1: ['DANH SÁCH HỘ RÀ SOÁT'],
        2: header,
        3: row('Một', 'T01', 100, 40, 'Hộ nghèo'),
        4: row('Hai', 'T02', 130, 20, 'Hộ cận nghèo'),
        5: row('Hai', 'T02', 130, 20, 'Hộ cận nghèo'),
        6: header,
        7: row('Ba', 'T03', 160, 10, 'Không nghèo'),
        8: row('Bốn', 'T04', 120, 35, 'Hộ nghèo'),
      },
    },
  ]);
  const buffer = readFileSync(path);
  rmSync(dirname(path), { recursive: true });
  return {
    name: `ra-soat-${mark}.xlsx`,
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer,
  };
}
