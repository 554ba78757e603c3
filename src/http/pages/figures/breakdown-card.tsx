import type { FigureBreakdown } from '../../../figures/index.js';
import { GROUPING_TITLE, groupLabel } from '../../../figures/index.js';
import { DataTable, NO_NUMBER, count, decimal } from '../../../web/index.js';
import type { FigurePageData } from './figure-page.js';

/** The figure by one attribute after the other. */
export function BreakdownCard({ data }: { data: FigurePageData }) {
  const unit = data.definition.unit === 'percent' ? 'Tỷ lệ, %' : 'Số hộ';
  const isRate = data.definition.unit === 'percent';
  return (
    <section class="card" id="chia-theo">
      <h2>Chia theo từng thuộc tính</h2>
      <p class="lead">
        Mỗi lần một thuộc tính; số dưới 5 hộ và số bù của nó được ẩn để bảo vệ thông tin cá nhân.
      </p>
      {data.breakdowns.length === 0 ? (
        <p class="empty">
          {data.figure.value === null
            ? 'Chưa chia được: chưa có số của cả địa bàn.'
            : 'Ở cấp này chỉ công bố tổng số theo kết quả rà soát.'}
        </p>
      ) : null}
      {data.breakdowns.map((breakdown) => (
        <>
          <h3>{GROUPING_TITLE[breakdown.by]}</h3>
          <DataTable
            isSimulated={breakdown.figure.synthetic}
            caption={GROUPING_TITLE[breakdown.by]}
            rows={breakdown.groups}
            columns={[
              { title: 'Nhóm', cell: (row) => groupLabel(breakdown.by, row) },
              ...(isRate
                ? [
                    {
                      title: 'Tử số',
                      cell: (row: FigureBreakdown['groups'][number]) => count(row.numerator),
                      numeric: true,
                    },
                    {
                      title: 'Mẫu số',
                      cell: (row: FigureBreakdown['groups'][number]) => count(row.denominator),
                      numeric: true,
                    },
                  ]
                : []),
              { title: unit, cell: (row) => groupValue(row), numeric: true },
            ]}
          />
        </>
      ))}
    </section>
  );
}

function groupValue(row: FigureBreakdown['groups'][number]): string {
  if (row.suppressed) return 'ẩn';
  return row.value === null ? NO_NUMBER : decimal(String(row.value));
}
