import type { Problem } from '../../../kernel/index.js';
import type { ImportCounts, RowCounts } from '../../../review/index.js';
import type { Choice, Shell } from '../../../web/index.js';
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
import type { ReasonGroup } from './review-rows.js';
import { ReviewRows } from './review-rows.js';
import { SumCards } from './sum-cards.js';
import type { UnresolvedLine } from './unresolved-sheets.js';
import { UnresolvedSheets } from './unresolved-sheets.js';
import type { UnreadColumnLine } from './unread-columns.js';
import { UnreadColumns } from './unread-columns.js';

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
  /** Of the whole file. */
  counts: RowCounts;
  /** Of the sheets that are written: those with a unit within the area of whoever sent the file. */
  written: ImportCounts;
  /** Some sheets of the file are not written. */
  isPartial: boolean;
  sheets: readonly SheetLine[];
  unresolved: readonly UnresolvedLine[];
  unreadColumns: readonly UnreadColumnLine[];
  /** Units of the round, to give to a sheet by hand. */
  units: readonly Choice[];
  groups: readonly ReasonGroup[];
  /** One reason, page by page; `null` = the first rows of every reason. */
  shown: { page: number; pageCount: number } | null;
  /** Sheets without a table of households: nothing of them is counted. */
  skipped: readonly string[];
  voidReason: string | null;
  /** The person sent a file that had been written before. */
  isRepeated: boolean;
  /** Writing and taking back are this person's work. */
  canImport?: boolean;
  /** One for each form on the page. */
  commandIds: { commit: string; undo: string; assign: string };
}

interface Props {
  shell: Shell;
  data: ImportPageData;
  /** Why the act that was just tried was refused. */
  problem?: Problem | null;
  /** What was typed into the form of the refused act. */
  typed?: { reason: string };
}

const TITLE = {
  previewed: 'Xem trước, chưa ghi gì vào sổ',
  committed: 'Đã ghi vào sổ',
  voided: 'Đã hủy lần nhập này',
} as const;

/** What came in, what it became, what needs a person; then one act: write, or take back. */
export function ImportPage(props: Props) {
  const { shell, data, problem, typed } = props;
  const { canImport = true } = data;
  return (
    <Page
      shell={shell}
      nav="intake"
      title={TITLE[data.state]}
      sub={`${data.fileName} · đợt rà soát năm ${data.round} · ${data.when}`}
    >
      {problem ? (
        <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
      ) : null}
      {data.isRepeated ? (
        <Notice
          what="Tệp này đã được ghi trước đó."
          why="Dưới đây là kết quả của lần ghi ấy; lần này không ghi thêm gì."
        />
      ) : null}
      <div class="stack">
        <SumCards data={data} />
        {data.unresolved.length > 0 ? (
          <UnresolvedSheets
            sheets={data.unresolved}
            units={data.units}
            action={
              canImport && data.state === 'previewed' ? `/nhap-lieu/${data.id}/trang-tinh` : null
            }
            commandId={data.commandIds.assign}
          />
        ) : null}
        {data.unreadColumns.length > 0 ? <UnreadColumns columns={data.unreadColumns} /> : null}
        <NeedsPerson data={data} />
        <SheetsCard data={data} />
        {canImport && data.state === 'committed' ? (
          <UndoCard data={data} reason={typed?.reason ?? ''} />
        ) : null}
      </div>
    </Page>
  );
}

function NeedsPerson({ data }: { data: ImportPageData }) {
  const { groups, shown, id } = data;
  if (groups.length === 0) {
    const hidden = data.counts.needsReview;
    return hidden === 0 ? (
      <Card title="Không có dòng nào cần người xem lại" />
    ) : (
      <Card
        title={`${count(hidden)} hộ cần người xem lại`}
        lead="Chúng ở trong trang tính không được ghi; từng dòng hiện ra khi trang đã có đơn vị."
      />
    );
  }
  return (
    <section class="card long" id="xem-lai">
      <h2>Cần người xem lại</h2>
      <p class="lead">
        Xếp theo lý do; ô cần xem được tô, cả dòng gốc mở ra bên dưới.
        {shown ? (
          <>
            {' '}
            <a href={`/nhap-lieu/${id}#xem-lai`}>Về mọi lý do</a>
          </>
        ) : null}
      </p>
      {groups.map((group) => (
        <>
          <h3>{`${group.sentence} ${count(group.total)} dòng`}</h3>
          <ReviewRows group={group} />
          {!shown && group.shown < group.total ? (
            <p class="lead">
              <a href={reasonHref(id, group.code, 1)}>{`Xem cả ${count(group.total)} dòng`}</a>
            </p>
          ) : null}
        </>
      ))}
      {shown ? (
        <Pager {...shown} hrefOf={(page) => reasonHref(id, groups[0]?.code ?? '', page)} />
      ) : null}
    </section>
  );
}

const reasonHref = (id: string, reason: string, page: number): string =>
  `/nhap-lieu/${id}?ly-do=${reason}&trang=${page}#xem-lai`;

function SheetsCard({ data: { sheets, skipped, written, isPartial } }: { data: ImportPageData }) {
  const part = isPartial ? `, ${written.sheets.length} trang được ghi` : '';
  return (
    <Card
      title={`${sheets.length} trang tính${part}`}
      {...(skipped.length > 0 && {
        lead: `Không đọc, vì không có bảng hộ: ${skipped.map((name) => `“${name}”`).join(', ')}.`,
      })}
    >
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

function UndoCard({ data, reason }: { data: ImportPageData; reason: string }) {
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
        <Field name="reason" label="Lý do" value={reason} required />
      </CommandForm>
    </Card>
  );
}
