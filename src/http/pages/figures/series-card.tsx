import type { Series } from '../../../figures/index.js';
import { formatDate } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, LineChart } from '../../../web/index.js';
import { kindOf } from '../home/home-model.js';
import type { FigurePageData } from './figure-page.js';

interface SeriesCardProps {
  series: Series;
  data: FigurePageData;
  shell: Shell;
}

/** The figure over the rounds, all of them on one ground. */
export function SeriesCard({ series, data, shell }: SeriesCardProps) {
  const points = series.points.map((point) => {
    const value = point.figure?.value ?? null;
    return {
      round: point.round,
      value: value === null ? null : String(value),
      kind: kindOf(point),
      standard: point.standard ?? '',
      isApart: point.changeReason !== undefined,
    };
  });
  const unit = data.definition.unit === 'percent' ? 'percent' : 'household';
  return (
    <Card
      title="Qua các năm"
      lead={
        (unit === 'percent'
          ? 'Phần trăm; giữa hai năm: thay đổi, điểm phần trăm'
          : 'Số hộ; giữa hai năm: thay đổi') + groundText(series)
      }
    >
      {points.some((point) => point.value !== null) ? (
        <LineChart
          points={points}
          unit={unit}
          label={`${data.definition.name}, ${data.figure.areaName}`}
          isSimulated={shell.isDemo}
        />
      ) : (
        <p class="empty">Chưa có năm nào đủ dữ liệu; nhập đủ các xã, phường của một đợt.</p>
      )}
    </Card>
  );
}

const groundText = ({ boundaries }: Series): string =>
  boundaries === 'as-was' ? '' : `. Mọi năm theo ranh giới ngày ${formatDate(boundaries)}`;
