import type { AreaRegister, Unit, UnitEdge, UnitHistory } from '../../../areas/index.js';
import type { BoundaryBridge, Series } from '../../../figures/index.js';
import { formatDate } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { AREA_LABEL } from '../../../kernel/index.js';
import { Card, DataTable, LineChart, Page, count, decimal } from '../../../web/index.js';
import { linePoints, unitHref } from '../home/home-model.js';
import { CitedText } from '../law/cited-text.js';
import { BoundaryBridgeCard } from './boundary-bridge-card.js';

export interface AreaPageData {
  register: AreaRegister;
  history: UnitHistory;
  /** Other units that had the same code at another time. */
  namesakes: readonly Unit[];
  /** Poverty rate round by round in the boundaries of this unit; `null` when there are no rows. */
  series: Series | null;
  parentName: string | null;
  /** A round before this unit's boundaries, brought to them; `null` when there is none. */
  bridge: BoundaryBridge | null;
  roundsBefore: readonly number[];
}

/** A unit: what it is, what it was, what it became, its figures. */
export function AreaPage({ shell, data }: { shell: Shell; data: AreaPageData }) {
  const { unit } = data.history;
  return (
    <Page shell={shell} nav="areas" title={unit.name} sub={describe(unit, data.parentName)}>
      <div class="grid">
        {data.series ? (
          <UnitFigures unit={unit} series={data.series} isSimulated={shell.isDemo} />
        ) : (
          <Card title="Số liệu" lead="Chưa có dòng rà soát nào trong ranh giới của đơn vị này." />
        )}
        <div class="stack">
          {data.bridge ? (
            <BoundaryBridgeCard bridge={data.bridge} rounds={data.roundsBefore} />
          ) : null}
          <Card
            title="Thay đổi đơn vị"
            lead="Một mã có thể đã dùng cho đơn vị khác: xem cả mã và ngày."
          >
            <dl>
              <dt>Trước đó</dt>
              <dd>
                <Edges edges={data.history.predecessors} end="from" data={data} none="không có" />
              </dd>
              <dt>Về sau</dt>
              <dd>
                <Edges
                  edges={data.history.successors}
                  end="to"
                  data={data}
                  none="vẫn là đơn vị này"
                />
              </dd>
              {data.namesakes.length > 0 ? (
                <>
                  <dt>Cùng mã</dt>
                  <dd>
                    {data.namesakes.map((other) => (
                      <div>
                        <a href={unitHref(other.code, other.validFrom)}>{other.name}</a>
                        {` (${period(other)})`}
                      </div>
                    ))}
                  </dd>
                </>
              ) : null}
            </dl>
          </Card>
        </div>
      </div>
    </Page>
  );
}

function describe(unit: Unit, parentName: string | null): string {
  const parts = [
    `mã ${unit.code}`,
    period(unit),
    ...(unit.area ? [`khu vực ${AREA_LABEL[unit.area]}`] : []),
    ...(parentName ? [parentName] : []),
  ];
  return parts.join(' · ');
}

function period(unit: Unit): string {
  const from = `từ ${formatDate(unit.validFrom)}`;
  return unit.validTo ? `${from} đến ${formatDate(unit.validTo)}` : from;
}

interface EdgesProps {
  edges: readonly UnitEdge[];
  end: 'from' | 'to';
  data: AreaPageData;
  none: string;
}

function Edges({ edges, end, data, none }: EdgesProps) {
  if (edges.length === 0) return <>{none}</>;
  return (
    <>
      {edges.map((edge) => (
        <div>
          <a href={unitHref(edge[end].code, edge[end].validFrom)}>
            {data.register.unit(edge[end])?.name ?? edge[end].code}
          </a>
          {edge.part === 'partial' ? ' (một phần)' : ''}
          <small class="raw">
            {` · ${formatDate(edge.effective)}, `}
            <CitedText text={edge.instrument} />
          </small>
        </div>
      ))}
    </>
  );
}

interface UnitFiguresProps {
  unit: Unit;
  series: Series;
  isSimulated: boolean;
}

function UnitFigures({ unit, series, isSimulated }: UnitFiguresProps) {
  const rows = series.points.filter((point) => point.figure !== null);
  return (
    <Card
      title="Tỷ lệ hộ nghèo qua các năm"
      lead="Trong ranh giới của đơn vị này; năm trước đó được quy về cùng ranh giới theo từng thôn"
      source={<a href={`/so-lieu/poverty-rate?area=${unit.code}`}>Định nghĩa, nguồn, trạng thái</a>}
    >
      <LineChart
        points={linePoints(series)}
        label={`Tỷ lệ hộ nghèo, ${unit.name}`}
        isSimulated={isSimulated}
      />
      <DataTable
        isSimulated={isSimulated}
        caption={`Hộ nghèo của ${unit.name}`}
        rows={rows}
        columns={[
          { title: 'Năm', cell: (row) => row.round },
          { title: 'Số hộ', cell: (row) => count(row.figure?.denominator), numeric: true },
          { title: 'Hộ nghèo', cell: (row) => count(row.figure?.numerator), numeric: true },
          {
            title: 'Tỷ lệ, %',
            cell: (row) =>
              row.figure?.suppressed ? 'ẩn' : decimal(row.figure?.value?.toString() ?? null),
            numeric: true,
          },
        ]}
      />
    </Card>
  );
}
