import type {
  Figure,
  FigureBreakdown,
  IndicatorDefinition,
  PublishedFigure,
  Series,
} from '../../../figures/index.js';
import { GROUPING_TITLE, groupLabel } from '../../../figures/index.js';
import { formatDate, standardLabel } from '../../../kernel/index.js';
import type { Choice, Shell } from '../../../web/index.js';
import {
  Card,
  ChoiceField,
  ChooserForm,
  DataTable,
  LineChart,
  NO_NUMBER,
  Page,
  count,
  decimal,
  signed,
} from '../../../web/index.js';
import { kindOf } from '../home/home-model.js';
import { CitedText } from '../law/cited-text.js';

export interface FigurePageData {
  figure: Figure;
  definition: IndicatorDefinition;
  /** As sentences: "07/2021/NĐ-CP, Điều 3". */
  legalBasis: readonly string[];
  series: Series | null;
  breakdowns: readonly FigureBreakdown[];
  published: readonly PublishedFigure[];
  choices: {
    rounds: readonly Choice[];
    areas: readonly Choice[];
    boundaries: readonly Choice[];
    chosenBoundaries: string;
  };
  otherIndicators: readonly { code: string; name: string }[];
}

interface Props {
  shell: Shell;
  data: FigurePageData;
}

/** One figure, large, with everything that stands behind it. */
export function FigurePage({ shell, data }: Props) {
  const { figure, definition, choices } = data;
  return (
    <Page
      shell={shell}
      nav="figures"
      title={`${definition.name} năm ${figure.period}: ${valueText(figure)}`}
      heading={`${definition.name}, năm ${figure.period}`}
      sub={
        `${figure.areaName} · ${standardLabel(figure.standard)} · ranh giới ngày ` +
        formatDate(figure.boundaries)
      }
    >
      <ChooserForm action={`/so-lieu/${figure.code}`}>
        <ChoiceField
          name="round"
          label="Đợt"
          choices={choices.rounds}
          value={String(figure.period)}
        />
        <ChoiceField name="area" label="Địa bàn" choices={choices.areas} value={figure.area} />
        <ChoiceField
          name="boundaries"
          label="Theo đơn vị"
          choices={choices.boundaries}
          value={choices.chosenBoundaries}
        />
      </ChooserForm>
      <div class="grid">
        <div class="stack">
          <ValueCard data={data} />
          {data.series ? <SeriesCard series={data.series} data={data} shell={shell} /> : null}
          <PublishedCard data={data} />
        </div>
        {definition.groupings.length > 0 ? <BreakdownCards data={data} /> : null}
      </div>
      <OtherIndicators data={data} />
    </Page>
  );
}

const UNIT: Record<Figure['unit'], string> = {
  percent: '%',
  percentage_point: 'điểm phần trăm',
  household: 'hộ',
};

function numberText({ value, unit, suppressed }: Figure): string {
  if (value === null) return suppressed ? 'ẩn số liệu nhỏ' : 'chưa tính được';
  return unit === 'percentage_point' ? signed(String(value)) : decimal(String(value));
}

const valueText = (figure: Figure): string =>
  figure.value === null ? numberText(figure) : `${numberText(figure)}\u00A0${UNIT[figure.unit]}`;

const PROVISIONAL =
  'Đếm theo kết quả đề xuất, tính lại từ điểm B1 và B2 của từng hộ; chưa có quyết định công nhận.';

function ValueCard({ data }: { data: FigurePageData }) {
  const { figure, definition } = data;
  const isSettled = figure.status === 'recognised';
  return (
    <section class="card">
      <p class="figure-value">
        {numberText(figure)} <small>{figure.value === null ? '' : UNIT[figure.unit]}</small>
      </p>
      <Fraction figure={figure} definition={definition} />
      <p>
        <span class={isSettled ? 'tag solid' : 'tag'}>
          {isSettled ? 'theo quyết định công nhận' : 'sơ bộ'}
        </span>{' '}
        {figure.synthetic ? <span class="tag warn">số liệu mô phỏng</span> : null}
      </p>
      {isSettled ? null : <p>{PROVISIONAL}</p>}
      {figure.reason ? <p>{figure.reason}</p> : null}
      {figure.missing.map((sentence) => (
        <p>{sentence}</p>
      ))}
      <Partial figure={figure} definition={definition} />
      <dl>
        <dt>Định nghĩa</dt>
        <dd>{definition.definition}</dd>
        <dt>Cách đếm</dt>
        <dd>
          {figure.source.countedStatus === 'recognised_status'
            ? 'Theo kết quả đã công nhận của từng hộ'
            : 'Theo kết quả đề xuất của từng hộ'}
          ; câu lệnh: <a href={`/${figure.source.file}`}>{fileName(figure.source.file)}</a>
        </dd>
        <dt>Nguồn</dt>
        <dd>{definition.source}</dd>
        <dt>Căn cứ</dt>
        <dd>
          <CitedText text={data.legalBasis.join('; ') || 'chưa có'} />
        </dd>
        <dt>Độ phủ dữ liệu</dt>
        <dd>
          {`${figure.coverage.unitsWithRows}/${figure.coverage.units} đơn vị có dữ liệu, ` +
            `${figure.coverage.unitsDecided} đơn vị có quyết định`}
        </dd>
        {figure.pending ? (
          <>
            <dt>Chờ quyết định</dt>
            <dd>{count(figure.pending)} hộ, chưa tính</dd>
          </>
        ) : null}
        {figure.notComputable ? (
          <>
            <dt>Chưa đủ dữ liệu</dt>
            <dd>{count(figure.notComputable)} hộ, chỉ nằm trong mẫu số</dd>
          </>
        ) : null}
      </dl>
      <p class="source screen">
        {data.series ? (
          <>
            <a href={csvHref(data)}>Tải CSV các năm</a> ·{' '}
          </>
        ) : null}
        <a href={apiHref(data)}>Tải JSON</a>
      </p>
    </section>
  );
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What is counted so far; it stands for its own units only. */
function Partial({ figure, definition }: Pick<FigurePageData, 'figure' | 'definition'>) {
  const { partial, coverage } = figure;
  if (!partial || partial.value === null) return null;
  const value = `${decimal(String(partial.value))}\u00A0${UNIT[definition.unit]}`;
  const counts =
    partial.numerator === null || partial.denominator === null
      ? ''
      : ` (${count(partial.numerator)} / ${count(partial.denominator)} hộ)`;
  return (
    <p>{`Phần đã có, ${coverage.unitsWithRows} đơn vị: ${value}${counts}; không thay cho cả địa bàn.`}</p>
  );
}

function apiHref({ figure, choices }: FigurePageData): string {
  const query = new URLSearchParams({ area: figure.area, period: String(figure.period) });
  if (choices.chosenBoundaries) query.set('boundaries', choices.chosenBoundaries);
  return `/api/v1/figures/${figure.code}?${query.toString()}`;
}

/** The series as it is drawn. */
function csvHref({ figure, series }: FigurePageData): string {
  const query = new URLSearchParams({ area: figure.area });
  if (series && series.boundaries !== 'as-was') query.set('boundaries', series.boundaries);
  return `/so-lieu/${figure.code}/tai?${query.toString()}`;
}

function Fraction({ figure, definition }: Pick<FigurePageData, 'figure' | 'definition'>) {
  if (figure.change) {
    const { from, to, before, after } = figure.change;
    return (
      <p class="fraction">
        {`${decimal(after.value)} % (${to}) − ${decimal(before.value)} % (${from})`}
      </p>
    );
  }
  if (figure.numerator === null || figure.denominator === null) return null;
  return (
    <p class="fraction">
      {`${count(figure.numerator)} / ${count(figure.denominator)} hộ`}
      {definition.numerator && definition.denominator
        ? ` (${definition.numerator.toLowerCase()} / ${definition.denominator.toLowerCase()})`
        : ''}
    </p>
  );
}

const PUBLISHED_STATUS: Record<PublishedFigure['status'], string> = {
  official: 'chính thức',
  reported: 'đã đưa tin',
  derived: 'suy ra',
  forecast: 'dự báo, có trước đợt rà soát',
  missing: 'chưa tìm thấy',
};

const PRECISION = { over: 'hơn ', nearly: 'gần ', exact: '', derived: '' } as const;

function PublishedCard({ data }: { data: FigurePageData }) {
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

function SeriesCard({ series, data, shell }: Props & { series: Series }) {
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

function BreakdownCards({ data }: { data: FigurePageData }) {
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

function OtherIndicators({ data }: { data: FigurePageData }) {
  const query = `?round=${data.figure.period}&area=${data.figure.area}`;
  return (
    <nav class="tabs" aria-label="Chỉ tiêu khác">
      {data.otherIndicators.map(({ code, name }) => (
        <a href={`/so-lieu/${code}${query}`}>{name}</a>
      ))}
    </nav>
  );
}
