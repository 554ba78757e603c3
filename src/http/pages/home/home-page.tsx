import type { Bridge, Form, Series } from '../../../figures/index.js';
import { formatDate, toHundredths, standardLabel } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import {
  BridgeChart,
  Card,
  DataTable,
  LineChart,
  NO_NUMBER,
  Page,
  TileMap,
  count,
  decimal,
} from '../../../web/index.js';
import { NoRoundsPage } from '../no-rounds-page.js';
import type { TilePlace, UnitLine } from './home-model.js';
import {
  bridgeTitle,
  denominators,
  findingOf,
  highest,
  linePoints,
  provenance,
  tilesOf,
  unitLines,
} from './home-model.js';

export interface HomeData {
  series: Series;
  bridge: Bridge | null;
  /** Pairs of rounds that a bridge can join, "2024-2025". */
  pairs: readonly { from: number; to: number }[];
  form: Form;
  grid: readonly TilePlace[];
  /** "1672/NQ-UBTVQH15", the resolution that drew the boundaries shown; `null` = not in the packs. */
  boundaryInstrument: string | null;
  boundaryFrom: string | null;
  /** The round before the one on the map, when the book holds it. */
  olderRound: number | null;
}

interface HomePageProps {
  shell: Shell;
  data: HomeData;
}

/** One finding, the series, the bridge of one pair, one map, one table. */
export function HomePage({ shell, data }: HomePageProps) {
  const { series, form } = data;
  const index = series.points.findLastIndex((point) => typeof point.figure?.value === 'string');
  const latest = series.points[index];
  if (!latest) return <NoRoundsPage shell={shell} nav="figures" />;
  const lines = unitLines(form);
  const standard = latest.standard ? `${standardLabel(latest.standard)} · ` : '';
  return (
    <Page
      shell={shell}
      nav="figures"
      title={findingOf(latest, series.points[index - 1])}
      sub={`Toàn tỉnh · ${standard}kết quả rà soát cuối năm · ${provenance(series)}`}
    >
      <div class="grid">
        <div class="stack">
          <SeriesCard series={series} isSimulated={shell.isDemo} />
          {data.bridge ? <BridgeCard data={data} bridge={data.bridge} shell={shell} /> : null}
        </div>
        <MapCard data={data} lines={lines} isSimulated={shell.isDemo} />
        <TableCard lines={lines} round={form.round} isSimulated={shell.isDemo} />
      </div>
    </Page>
  );
}

export type PartialData = Omit<HomeData, 'series' | 'bridge' | 'pairs'>;

/** A first round under way: the communes that have rows, and no figure for the province yet. */
export function PartialHome({ shell, data }: { shell: Shell; data: PartialData }) {
  const { form } = data;
  const { unitsWithRows, units } = form.coverage;
  const lines = unitLines(form);
  const status = form.status === 'recognised' ? 'theo quyết định công nhận' : PROVISIONAL;
  return (
    <Page
      shell={shell}
      nav="figures"
      title={`Năm ${form.round} mới có số liệu của ${unitsWithRows} trên ${units} xã, phường`}
      sub={`Toàn tỉnh · ${standardLabel(form.standard)} · ${status} · tỷ lệ toàn tỉnh tính khi đủ các xã, phường`}
    >
      <div class="grid even">
        <MapCard data={data} lines={lines} isSimulated={shell.isDemo} />
        <TableCard lines={lines} round={form.round} isSimulated={shell.isDemo} isPartial />
      </div>
    </Page>
  );
}

const PROVISIONAL = 'số sơ bộ, đếm theo kết quả đề xuất, chưa có quyết định công nhận';

function SeriesCard({ series, isSimulated }: { series: Series; isSimulated: boolean }) {
  const all = linePoints(series);
  // A round under way stands on its own pages until the province has its figure.
  const points = all.slice(0, all.findLastIndex((point) => point.value !== null) + 1);
  const known = points.filter((point) => point.value !== null);
  const first = known[0];
  const last = known.at(-1);
  const years = first && last ? last.round - first.round : 0;
  const isFall = Number(first?.value) > Number(last?.value);
  const title =
    years > 0
      ? `Từ ${decimal(first?.value)}\u00A0% ${isFall ? 'xuống' : 'lên'} ${decimal(last?.value)}\u00A0% sau ${years} năm`
      : 'Tỷ lệ hộ nghèo';
  return (
    <Card
      title={title}
      lead="Tỷ lệ hộ nghèo, % số hộ dân cư; giữa hai năm: thay đổi, điểm phần trăm"
      source={
        <>
          <a href="/so-lieu/poverty-rate">Định nghĩa, tử số, mẫu số, nguồn từng năm</a> ·{' '}
          <a href={`/so-lieu/near-poverty-rate`}>hộ cận nghèo</a>
        </>
      }
    >
      <LineChart points={points} label="Tỷ lệ hộ nghèo, toàn tỉnh" isSimulated={isSimulated} />
    </Card>
  );
}

function BridgeCard({ data, bridge, shell }: HomePageProps & { bridge: Bridge }) {
  const others = data.pairs.filter((pair) => pair.from !== bridge.from || pair.to !== bridge.to);
  return (
    <Card
      id="cau-noi"
      title={bridgeTitle(bridge)}
      lead={
        <>
          {`Phân tích thay đổi ${bridge.from} → ${bridge.to}, điểm phần trăm`}
          {others.length > 0 ? ' · xem ' : ''}
          {others.map((pair, at) => (
            <>
              {at > 0 ? ', ' : ''}
              <a href={`/?cau=${pair.from}-${pair.to}#cau-noi`}>
                {`${pair.from}\u00A0→\u00A0${pair.to}`}
              </a>
            </>
          ))}
        </>
      }
      source={
        <>
          {denominators(bridge)} ·{' '}
          <a href={`/so-lieu/poverty-rate-change?round=${bridge.to}`}>cách tính</a>
        </>
      }
    >
      {bridge.parts.length > 0 ? (
        <BridgeChart
          isSimulated={shell.isDemo}
          label={`Phân tích thay đổi tỷ lệ hộ nghèo ${bridge.from} → ${bridge.to}, điểm phần trăm`}
          from={{
            label: String(bridge.from),
            hundredths: toHundredths(bridge.before.value ?? '0'),
          }}
          to={{ label: String(bridge.to), hundredths: toHundredths(bridge.after.value ?? '0') }}
          steps={bridge.parts}
        />
      ) : (
        <p class="empty">{bridge.reason ?? 'Chưa đủ dữ liệu để phân tích thay đổi.'}</p>
      )}
    </Card>
  );
}

function MapCard(props: { data: PartialData; lines: readonly UnitLine[]; isSimulated: boolean }) {
  const { data, lines, isSimulated } = props;
  const { form } = data;
  const tiles = tilesOf(lines, data.grid);
  const since = data.boundaryFrom ? `từ ${data.boundaryFrom}` : formatDate(form.boundaries);
  return (
    <Card
      title={`Năm ${form.round}, ${lines.length} xã, phường`}
      lead="Tỷ lệ hộ nghèo, %; mỗi ô một đơn vị, xếp gần đúng vị trí. Chạm vào ô để mở trang của xã."
      source={
        <>
          {`Ranh giới: ${since}`}
          {data.boundaryInstrument ? ` (${data.boundaryInstrument})` : ''}
          {data.olderRound === null ? null : (
            <>
              {' · '}
              <a href={`/bieu-mau/1?round=${data.olderRound}`}>
                xem năm {data.olderRound} theo đơn vị cũ
              </a>
            </>
          )}
        </>
      }
    >
      {tiles.length > 0 ? (
        <TileMap
          tiles={tiles}
          isSimulated={isSimulated}
          label={`Tỷ lệ hộ nghèo năm ${form.round} theo xã, phường`}
        />
      ) : null}
      <details class="more">
        <summary>Danh sách {lines.length} xã, phường</summary>
        <ul class="columns">
          {lines.map((line) => (
            <li>
              <a href={line.href}>{line.name}</a> {decimal(line.poorRate)}
            </li>
          ))}
        </ul>
      </details>
    </Card>
  );
}

interface TableCardProps {
  lines: readonly UnitLine[];
  round: number;
  isSimulated: boolean;
  /** The province has no figure yet: there are few rows, and nothing to divide. */
  isPartial?: boolean;
}

function TableCard({ lines, round, isSimulated, isPartial = false }: TableCardProps) {
  const rows = highest(lines, 6);
  const title = `${rows.length} xã, phường có tỷ lệ hộ nghèo cao nhất`;
  return (
    <Card
      wide={!isPartial}
      title={isPartial ? 'Xã, phường đã có số liệu, tỷ lệ cao nhất trước' : title}
      lead={`Năm ${round}`}
      source={
        <>
          <a href={`/bieu-mau/1?round=${round}`}>Tất cả {lines.length} xã, phường</a>
          {isPartial ? null : (
            <>
              {' · '}
              <a href="/so-lieu/poverty-rate#chia-theo">
                theo dân tộc, giới tính, khu vực I/II/III
              </a>
            </>
          )}
        </>
      }
    >
      <DataTable
        isSimulated={isSimulated}
        caption={`Xã, phường có tỷ lệ hộ nghèo cao nhất năm ${round}`}
        rows={rows}
        empty="Chưa xã, phường nào có tỷ lệ để nêu: số nhỏ được ẩn, hoặc còn hộ chưa đủ dữ liệu."
        columns={[
          { title: 'Xã, phường', cell: (row) => <a href={row.href}>{row.name}</a> },
          { title: 'Số hộ', cell: (row) => count(row.households), numeric: true },
          { title: 'Hộ nghèo', cell: (row) => count(row.poor), numeric: true },
          { title: 'Tỷ lệ nghèo, %', cell: (row) => decimal(row.poorRate), numeric: true },
          {
            title: 'Hộ cận nghèo',
            cell: (row) => (row.nearPoor === null ? NO_NUMBER : count(row.nearPoor)),
            numeric: true,
            wideOnly: true,
          },
          {
            title: 'Tỷ lệ cận nghèo, %',
            cell: (row) => decimal(row.nearPoorRate),
            numeric: true,
            wideOnly: true,
          },
        ]}
      />
    </Card>
  );
}
