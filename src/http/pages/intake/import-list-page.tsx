import type { Problem } from '../../../kernel/index.js';
import type { Choice, Shell } from '../../../web/index.js';
import {
  Card,
  ChoiceField,
  CommandForm,
  DataTable,
  Field,
  Notice,
  Page,
  count,
} from '../../../web/index.js';

export interface ImportLine {
  id: string;
  fileName: string;
  round: number;
  state: 'previewed' | 'committed' | 'voided';
  /** Added to the round or changed in it; of a preview, those that would be. */
  households: number;
  /** dd/mm/yyyy. */
  on: string;
}

interface ImportForm {
  commandId: string;
  rounds: readonly Choice[];
  areas: readonly Choice[];
  chosen: { round: string; area: string };
}

interface ImportListPageProps {
  shell: Shell;
  /** `null` = bringing in files is not this person's work. */
  form: ImportForm | null;
  /** Why the file that was just sent was refused. */
  problem: Problem | null;
  imports: readonly ImportLine[];
}

const STATE = {
  previewed: 'xem trước, chưa ghi',
  committed: 'đã ghi vào sổ',
  voided: 'đã hủy',
} as const;

/** Sending a review file, and what was sent before; for whoever only looks, the second alone. */
export function ImportListPage({ shell, form, problem, imports }: ImportListPageProps) {
  return (
    <Page
      shell={shell}
      nav={form ? 'intake' : 'households'}
      title={form ? 'Nhập tệp rà soát' : 'Các lần nhập tệp rà soát'}
      sub={
        form
          ? 'Tệp được đọc và đối chiếu số dòng trước; chỉ ghi khi bạn bấm “Ghi vào sổ” ở trang sau'
          : 'Cán bộ xã hoặc cán bộ cấp tỉnh nhập tệp; bạn xem được đã nhập gì trong địa bàn của mình'
      }
    >
      {problem ? (
        <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
      ) : null}
      <div class={form ? 'grid even' : 'narrow'}>
        {form ? <SendCard form={form} /> : null}
        <ImportsCard imports={imports} canSend={form !== null} />
      </div>
    </Page>
  );
}

function SendCard({ form }: { form: ImportForm }) {
  const { commandId, rounds, areas, chosen } = form;
  return (
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
        <ChoiceField name="round" label="Đợt rà soát" choices={rounds} value={chosen.round} />
        <ChoiceField
          name="area"
          label="Xã, phường (khi tệp chỉ có một trang và tên trang không phải tên xã)"
          choices={areas}
          value={chosen.area}
        />
      </CommandForm>
    </Card>
  );
}

const START = 'Chọn một tệp rà soát để bắt đầu; tệp đầu tiên của một đợt mở đợt ấy trong sổ.';

function ImportsCard(props: { imports: readonly ImportLine[]; canSend: boolean }) {
  return (
    <Card title="Các lần nhập">
      <DataTable
        caption="Các lần nhập"
        rows={props.imports}
        empty={`Chưa có lần nhập nào trong địa bàn của bạn. ${props.canSend ? START : ''}`}
        columns={[
          { title: 'Tệp', cell: (row) => <a href={`/nhap-lieu/${row.id}`}>{row.fileName}</a> },
          { title: 'Đợt', cell: (row) => row.round, numeric: true, wideOnly: true },
          { title: 'Hộ thêm, cập nhật', cell: (row) => count(row.households), numeric: true },
          { title: 'Tình trạng', cell: (row) => `${STATE[row.state]}, ${row.on}` },
        ]}
      />
    </Card>
  );
}
