import { count, decimal } from '../../../web/index.js';
import { CitedText } from '../law/cited-text.js';
import type { FigurePageData } from './figure-page.js';
import { UNIT, numberText } from './number-text.js';

const PROVISIONAL =
  'Đếm theo kết quả đề xuất, tính lại từ điểm B1 và B2 của từng hộ; chưa có quyết định công nhận.';

/** The figure, what it counts over what, and everything that stands behind it. */
export function ValueCard({ data }: { data: FigurePageData }) {
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
