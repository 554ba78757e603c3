import type { BoundaryBridge, BoundaryBridgeCounts } from '../../../figures/index.js';
import { formatDate } from '../../../kernel/index.js';
import { Card, DataTable, count } from '../../../web/index.js';
import { unitHref } from '../home/home-model.js';

interface Props {
  bridge: BoundaryBridge;
  /** Rounds before these boundaries, the latest first. */
  rounds: readonly number[];
}

interface Line extends BoundaryBridgeCounts {
  name: string;
  href: string | null;
  isTotal?: boolean;
}

/** A round of earlier boundaries brought to this unit: from which units its households come. */
export function BoundaryBridgeCard({ bridge, rounds }: Props) {
  const others = rounds.filter((round) => round !== bridge.round);
  const page = unitHref(bridge.area, bridge.areaValidFrom);
  const hasHidden = [...bridge.lines, bridge.total].some((line) => line.suppressed);
  const counted = bridge.status === 'recognised' ? 'theo quyết định' : 'sơ bộ, theo đề xuất';
  const cell = (row: Line, key: 'households' | 'poor' | 'nearPoor') =>
    row.suppressed?.includes(key) ? 'ẩn' : count(row[key]);
  return (
    <Card
      title={`Hợp thành từ những đơn vị cũ nào, năm ${bridge.round}`}
      lead={
        `Thôn và hộ của từng đơn vị ngày ${formatDate(bridge.was)} nay nằm trong đơn vị này; ` +
        `${counted}, cộng đúng đến từng hộ`
      }
      source={
        <>
          {hasHidden ? <p>“ẩn”: số nhỏ, hoặc số giúp suy ra số nhỏ.</p> : null}
          {bridge.pending ? (
            <p>{`${count(bridge.pending)} hộ chờ quyết định, chưa tính.`}</p>
          ) : null}
          {bridge.missing.map((sentence) => (
            <p>{sentence}</p>
          ))}
          {others.length > 0 ? 'Năm khác: ' : null}
          {others.map((round) => (
            <>
              <a href={`${page}${page.includes('?') ? '&' : '?'}dot=${round}`}>{round}</a>{' '}
            </>
          ))}
        </>
      }
    >
      <DataTable
        isSimulated={bridge.synthetic}
        caption={`Đơn vị cũ hợp thành ${bridge.areaName}, năm ${bridge.round}`}
        rows={linesOf(bridge)}
        rowClass={(row) => (row.isTotal ? 'total' : undefined)}
        columns={[
          {
            title: 'Đơn vị cũ',
            cell: (row) => (row.href ? <a href={row.href}>{row.name}</a> : row.name),
          },
          { title: 'Số thôn', cell: (row) => count(row.places), numeric: true, wideOnly: true },
          { title: 'Số hộ', cell: (row) => cell(row, 'households'), numeric: true },
          { title: 'Hộ nghèo', cell: (row) => cell(row, 'poor'), numeric: true },
          { title: 'Hộ cận nghèo', cell: (row) => cell(row, 'nearPoor'), numeric: true },
        ]}
      />
    </Card>
  );
}

function linesOf(bridge: BoundaryBridge): Line[] {
  const lines = bridge.lines.map(({ was, ...counts }): Line => {
    return was
      ? { name: was.name, href: unitHref(was.code, was.validFrom), ...counts }
      : { name: 'Chưa xác định', href: null, ...counts };
  });
  return [...lines, { name: 'Cộng', href: null, isTotal: true, ...bridge.total }];
}
