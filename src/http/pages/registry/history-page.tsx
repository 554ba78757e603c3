import type { Shell } from '../../../web/index.js';
import { Card, DataTable, Page } from '../../../web/index.js';
import type { HistoryLine } from './household-history.js';

interface Props {
  shell: Shell;
  householdId: string;
  headName: string;
  fieldCode: string | null;
  lines: readonly HistoryLine[];
  /** There are more acts than are shown. */
  isCut: boolean;
}

/** Everything done with one household's record: what changed, from what to what, and who looked. */
export function HistoryPage({ shell, householdId, headName, fieldCode, lines, isCut }: Props) {
  const changes = lines.filter((line) => !line.isReading);
  const readings = lines.filter((line) => line.isReading);
  return (
    <Page
      shell={shell}
      nav="households"
      title={`Lịch sử hộ ${headName}`}
      sub={
        <>
          <a href={`/ho/${householdId}`}>← Hộ ông/bà {headName}</a>
          {fieldCode ? ` · mã hộ ${fieldCode}` : ''}
          {isCut ? ' · chỉ các mục mới nhất' : ''}
        </>
      }
    >
      <div class="grid even">
        <Card title="Đã ghi, đã sửa">
          {changes.length === 0 ? <p class="empty">Chưa có thay đổi nào.</p> : null}
          <ul class="plain history">
            {changes.map((line) => (
              <li>
                <b>{line.when}</b> {line.sentence}
                <Changes line={line} />
              </li>
            ))}
          </ul>
        </Card>
        <Card
          title="Đã xem"
          lead="Ai đã mở hồ sơ của hộ, lúc nào. Lần xem theo quyết định thanh tra hiện ra khi kết luận đã công khai."
        >
          {readings.length === 0 ? <p class="empty">Chưa có ai mở trước lần này.</p> : null}
          <ul class="plain history">
            {readings.map((line) => (
              <li>
                <b>{line.when}</b> {line.sentence}
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </Page>
  );
}

const NOTHING = 'không có';

function Changes({ line: { changes, base } }: { line: HistoryLine }) {
  if (changes.length === 0) return null;
  return (
    <DataTable
      caption={base === null ? 'Từng trường trước và sau' : `Thay ${base}`}
      rows={changes}
      columns={[
        { title: base === null ? 'Trường' : `Thay ${base}`, cell: (row) => row.field },
        { title: 'Trước', cell: (row) => row.before ?? NOTHING },
        { title: 'Sau', cell: (row) => row.after ?? NOTHING },
      ]}
    />
  );
}
