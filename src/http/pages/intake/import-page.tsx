import type { Child } from 'hono/jsx';
import type { Shell } from '../../../web/index.js';
import {
  Card,
  CommandForm,
  DataTable,
  Field,
  Notice,
  Page,
  Pager,
  count,
} from '../../../web/index.js';
import type { ImportCounts } from './import-model.js';
import { addingUp, byStatusLine, closes } from './import-model.js';

/** A row that a person has to look at, beside what stood in the file. */
export interface ReviewRow {
  sheet: string;
  rowNumber: number;
  /** Column title → raw text, in the order of the file. */
  raw: readonly { title: string; text: string }[];
  /** What the reader made of it, or why it made nothing. */
  reading: string;
  /** The household it became, if any. */
  householdId: string | null;
}

export interface ReasonGroup {
  /** In words: "Điểm B2 không phải bội số của 10". */
  reason: string;
  total: number;
  rows: readonly ReviewRow[];
}

export interface SheetLine {
  sheet: string;
  unitName: string | null;
  rowsRead: number;
  households: number;
  needsReview: number;
}

export interface ImportPageData {
  id: string;
  fileName: string;
  round: number;
  state: 'previewed' | 'committed' | 'voided';
  /** "ghi vào sổ lúc 09:30 ngày 23/11/2025" and the like. */
  when: string;
  counts: ImportCounts;
  sheets: readonly SheetLine[];
  unresolved: readonly { sheet: string; what: string; candidates: readonly string[] }[];
  groups: readonly ReasonGroup[];
  page: number;
  pageCount: number;
  voidReason: string | null;
  /** The person sent a file that had been written before. */
  isRepeated: boolean;
  /** One for each form on the page. */
  commandIds: { commit: string; undo: string };
}

interface Props {
  shell: Shell;
  data: ImportPageData;
}

const TITLE = {
  previewed: 'Xem trước, chưa ghi gì vào sổ',
  committed: 'Đã ghi vào sổ',
  voided: 'Đã hủy lần nhập này',
} as const;

/** What came in, what it became, what needs a person; then one act: write, or take back. */
export function ImportPage({ shell, data }: Props) {
  return (
    <Page
      shell={shell}
      nav="intake"
      title={TITLE[data.state]}
      sub={`${data.fileName} · đợt rà soát năm ${data.round} · ${data.when}`}
    >
      {data.isRepeated ? (
        <Notice
          what="Tệp này đã được ghi trước đó."
          why="Dưới đây là kết quả của lần ghi ấy; lần này không ghi thêm gì."
        />
      ) : null}
      <div class="stack">
        <SumCard data={data} />
        {data.unresolved.length > 0 ? <Unresolved data={data} /> : null}
        <NeedsPerson data={data} />
        <SheetsCard sheets={data.sheets} />
        {data.state === 'committed' ? <UndoCard data={data} /> : null}
      </div>
    </Page>
  );
}

function SumCard({ data }: { data: ImportPageData }) {
  const { counts } = data;
  const { created, updated, unchanged, conflicting } = counts.changes;
  const verb = data.state === 'previewed' ? 'sẽ' : 'đã';
  return (
    <section class="card">
      <h2 class="unseen">Cộng sổ</h2>
      <p class="sum">{addingUp(counts)}</p>
      {closes(counts) ? null : (
        <Notice
          tone="alert"
          what="Phép cộng này không khớp."
          todo="Không ghi vào sổ; báo cho người quản trị kèm tệp gốc."
        />
      )}
      <p>{byStatusLine(counts)}</p>
      <p class="lead">
        {`Ngoài ra: ${count(counts.titleRows)} dòng tiêu đề trang, ${count(counts.headerRows)} dòng ` +
          `đầu bảng, ${count(counts.blankRows)} dòng trống, ${count(counts.footerRows)} dòng cuối bảng.`}
      </p>
      <dl>
        <dt>{`Sổ ${verb} thêm`}</dt>
        <dd>{count(created)} hộ</dd>
        <dt>{`Sổ ${verb} cập nhật`}</dt>
        <dd>{count(updated)} hộ</dd>
        <dt>Không đổi</dt>
        <dd>{count(unchanged)} hộ</dd>
        <dt>Trái với sổ</dt>
        <dd>{`${count(conflicting)} hộ${conflicting > 0 ? ', không ghi' : ''}`}</dd>
        <dt>Khác kết quả của tệp</dt>
        <dd>{`${count(counts.classDisagreements)} hộ: giữ cả hai kết quả, cạnh nhau`}</dd>
        <dt>Có thể cùng một hộ</dt>
        <dd>
          {count(counts.possibleSameHousehold)} cặp: cùng mã, cùng tên, giá trị khác; giữ cả hai
        </dd>
      </dl>
      {data.state === 'previewed' && closes(counts) ? (
        <CommandForm
          action={`/nhap-lieu/${data.id}/ghi`}
          commandId={data.commandIds.commit}
          submit="Ghi vào sổ"
        >
          <p class="lead">Chưa có gì được ghi. Hộ cần xem lại và hộ trái với sổ không được ghi.</p>
        </CommandForm>
      ) : null}
      {data.voidReason ? <p>Lý do hủy: {data.voidReason}</p> : null}
    </section>
  );
}

function Unresolved({ data }: { data: ImportPageData }) {
  return (
    <Card
      title={`${data.unresolved.length} trang tính chưa rõ thuộc đơn vị nào`}
      lead="Không dòng nào của các trang này được ghi. Sửa tên trang tính theo tên đơn vị rồi tải lại tệp."
    >
      <DataTable
        caption="Trang tính chưa rõ đơn vị"
        rows={data.unresolved}
        columns={[
          { title: 'Trang tính', cell: (row) => row.sheet },
          { title: 'Vì sao', cell: (row) => row.what },
          { title: 'Có thể là', cell: (row) => row.candidates.join('; ') || 'không có gợi ý' },
        ]}
      />
    </Card>
  );
}

function NeedsPerson({ data }: { data: ImportPageData }) {
  if (data.groups.length === 0) {
    return <Card title="Không có dòng nào cần người xem lại" />;
  }
  return (
    <section class="card long">
      <h2>Cần người xem lại</h2>
      <p class="lead">Xếp theo lý do; mỗi dòng đứng cạnh giá trị gốc trong tệp.</p>
      {data.groups.map((group) => (
        <>
          <h3>{`${group.reason} (${count(group.total)})`}</h3>
          <DataTable
            caption={group.reason}
            rows={group.rows}
            columns={[
              {
                title: 'Trang tính, dòng',
                cell: (row) => <RowPlace row={row} />,
              },
              { title: 'Trong tệp', cell: (row) => <Raw row={row} /> },
              { title: 'Đọc được', cell: (row): Child => row.reading, wideOnly: true },
            ]}
          />
        </>
      ))}
      <Pager
        page={data.page}
        pageCount={data.pageCount}
        hrefOf={(page) => `/nhap-lieu/${data.id}?trang=${page}`}
      />
    </section>
  );
}

function RowPlace({ row }: { row: ReviewRow }) {
  const text = `${row.sheet}, dòng ${row.rowNumber}`;
  return row.householdId ? <a href={`/ho/${row.householdId}`}>{text}</a> : <>{text}</>;
}

function Raw({ row }: { row: ReviewRow }) {
  return (
    <span class="raw">
      {row.raw
        .filter((cell) => cell.text !== '')
        .map((cell, index) => (
          <>
            {index > 0 ? ' · ' : ''}
            {cell.title}: <b>{cell.text}</b>
          </>
        ))}
    </span>
  );
}

function SheetsCard({ sheets }: { sheets: readonly SheetLine[] }) {
  return (
    <Card title={`${sheets.length} trang tính`}>
      <DataTable
        caption="Các trang tính của tệp"
        rows={sheets}
        columns={[
          { title: 'Trang tính', cell: (row) => row.sheet },
          { title: 'Đơn vị', cell: (row) => row.unitName ?? 'chưa rõ' },
          { title: 'Dòng', cell: (row) => count(row.rowsRead), numeric: true, wideOnly: true },
          { title: 'Hộ', cell: (row) => count(row.households), numeric: true },
          { title: 'Xem lại', cell: (row) => count(row.needsReview), numeric: true },
        ]}
      />
    </Card>
  );
}

function UndoCard({ data }: { data: ImportPageData }) {
  return (
    <Card
      title="Hủy lần nhập này"
      lead="Các dòng đã ghi hết hiệu lực, dòng trước đó có hiệu lực trở lại; không có gì bị xóa. Không hủy được khi đã có quyết định hoặc dòng sau dựa vào."
    >
      <CommandForm
        action={`/nhap-lieu/${data.id}/huy`}
        commandId={data.commandIds.undo}
        submit="Hủy lần nhập"
        quiet
      >
        <Field name="reason" label="Lý do" required />
      </CommandForm>
    </Card>
  );
}
