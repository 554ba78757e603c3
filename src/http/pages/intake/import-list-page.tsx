import type { Choice, Shell } from '../../../web/index.js';
import {
  Card,
  ChoiceField,
  CommandForm,
  DataTable,
  Field,
  Page,
  count,
} from '../../../web/index.js';

export interface ImportLine {
  id: string;
  fileName: string;
  round: number;
  state: 'previewed' | 'committed' | 'voided';
  households: number;
  /** dd/mm/yyyy. */
  on: string;
}

interface ImportListPageProps {
  shell: Shell;
  commandId: string;
  rounds: readonly Choice[];
  likelyRound: string;
  areas: readonly Choice[];
  imports: readonly ImportLine[];
}

const STATE = {
  previewed: 'xem trước, chưa ghi',
  committed: 'đã ghi vào sổ',
  voided: 'đã hủy',
} as const;

/** Sending a review file, and what was sent before. */
export function ImportListPage(props: ImportListPageProps) {
  const { shell, commandId, rounds, areas, imports } = props;
  return (
    <Page
      shell={shell}
      nav="intake"
      title="Nhập tệp rà soát"
      sub="Tệp được đọc và đối chiếu số dòng trước; chỉ ghi khi bạn bấm “Ghi vào sổ” ở trang sau"
    >
      <div class="grid even">
        <Card title="Chọn tệp" lead="Mỗi xã một trang tính, tên trang tính là tên xã.">
          <CommandForm action="/nhap-lieu" commandId={commandId} submit="Đọc và xem trước" isUpload>
            <Field
              name="file"
              label="Tệp Excel (.xlsx) hoặc CSV"
              type="file"
              accept=".xlsx,.csv"
              required
              hint="Tệp có macro, liên kết ngoài hoặc mật khẩu không được nhận."
            />
            <ChoiceField
              name="round"
              label="Đợt rà soát"
              choices={rounds}
              value={props.likelyRound}
            />
            <ChoiceField
              name="area"
              label="Xã, phường (khi tệp chỉ có một trang và tên trang không phải tên xã)"
              choices={areas}
              value=""
            />
          </CommandForm>
        </Card>
        <Card title="Các lần nhập">
          <DataTable
            caption="Các lần nhập"
            rows={imports}
            empty="Chưa có lần nhập nào trong địa bàn của bạn. Chọn một tệp rà soát để bắt đầu; tệp đầu tiên của một đợt mở đợt ấy trong sổ."
            columns={[
              { title: 'Tệp', cell: (row) => <a href={`/nhap-lieu/${row.id}`}>{row.fileName}</a> },
              { title: 'Đợt', cell: (row) => row.round, numeric: true, wideOnly: true },
              { title: 'Hộ', cell: (row) => count(row.households), numeric: true },
              {
                title: 'Tình trạng',
                cell: (row) => `${STATE[row.state]}, ${row.on}`,
              },
            ]}
          />
        </Card>
      </div>
    </Page>
  );
}
