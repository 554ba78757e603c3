import type { PublishedFigure } from '../../../figures/index.js';
import { Card, DataTable, NO_NUMBER, decimal } from '../../../web/index.js';
import type { FigurePageData } from './figure-page.js';

const PUBLISHED_STATUS: Record<PublishedFigure['status'], string> = {
  official: 'chính thức',
  reported: 'đã đưa tin',
  derived: 'suy ra',
  forecast: 'dự báo, có trước đợt rà soát',
  missing: 'chưa tìm thấy',
};

const PRECISION = { over: 'hơn ', nearly: 'gần ', exact: '', derived: '' } as const;

/** What others published, beside what is counted here. */
export function PublishedCard({ data }: { data: FigurePageData }) {
  if (data.published.length === 0) return null;
  return (
    <Card
      title="Số đã công bố ở nơi khác"
      lead="Đứng cạnh số tính từ sổ, không trộn vào; dự báo không thay cho số chính thức."
    >
      <DataTable
        caption="Số đã công bố"
        rows={data.published}
        columns={[
          { title: 'Năm', cell: (row) => row.round },
          {
            title: 'Giá trị',
            cell: (row) => publishedText(row),
            numeric: true,
          },
          {
            title: 'Tình trạng, nguồn',
            cell: (row) => (
              <>
                {PUBLISHED_STATUS[row.status]}
                <small class="raw">
                  {' '}
                  · {row.source}
                  {row.note ? ` · ${row.note}` : ''}
                </small>
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

function publishedText({ value, unit, precision }: PublishedFigure): string {
  if (value === null) return NO_NUMBER;
  const sign = unit === 'percent' ? '\u00A0%' : '';
  return `${precision ? PRECISION[precision] : ''}${decimal(String(value))}${sign}`;
}
