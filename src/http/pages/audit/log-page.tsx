import type { EntryLine, EntryPage, Names, PastExport } from '../../../audit/index.js';
import { sentenceOf } from '../../../audit/index.js';
import type { Problem } from '../../../kernel/index.js';
import { formatInteger } from '../../../kernel/index.js';
import type { Choice, Shell } from '../../../web/index.js';
import {
  Card,
  ChoiceField,
  ChooserForm,
  DataTable,
  Field,
  Notice,
  Page,
  SITE,
} from '../../../web/index.js';
import { instantText } from '../../instant.js';
import type { Asked } from './log-filter.js';
import { KINDS, actionChoices, withFilter } from './log-filter.js';
import { subjectText } from './subject-text.js';

interface LogPageProps {
  shell: Shell;
  result: EntryPage;
  asked: Asked;
  /** Why nothing could be looked for. */
  problem?: Problem | null;
  page: number;
  offices: readonly Choice[];
  exports: readonly PastExport[];
  names: Names;
  /** This person can open inspections. */
  canInspect: boolean;
}

/** The audit log as an inspector reads it: as sentences, filtered, to take away with a checksum. */
export function LogPage(props: LogPageProps) {
  const { shell, result, asked, exports, problem } = props;
  return (
    <Page
      shell={shell}
      nav="audit"
      title="Nhật ký"
      sub={
        <>
          Ai đã ghi, sửa, xem, xuất gì, lúc nào · <a href="/nhat-ky/neo">Mốc nhật ký</a>
          {props.canInspect ? (
            <>
              {' · '}
              <a href="/nhat-ky/thanh-tra">Thanh tra, kiểm tra</a>
            </>
          ) : null}
        </>
      }
    >
      <Filter asked={asked} offices={props.offices} />
      {problem ? <Notice tone="alert" what={problem.what} todo={problem.todo} /> : null}
      <div class="stack">
        {problem ? null : <EntriesCard {...props} />}
        {result.rows.length > 0 || exports.length > 0 ? (
          <Taken asked={asked} exports={exports} isEmpty={result.rows.length === 0} />
        ) : null}
      </div>
    </Page>
  );
}

function EntriesCard({ result, names, shell, asked, page }: LogPageProps) {
  return (
    <section class="card">
      <h2 class="unseen">Các mục nhật ký</h2>
      <Entries result={result} names={names} isDemo={shell.isDemo} />
      <nav class="pager" aria-label="Trang">
        {page > 1 ? (
          <a href={withFilter('/nhat-ky', asked, { trang: String(page - 1) })}>← Mới hơn</a>
        ) : null}
        {result.hasMore ? (
          <a href={withFilter('/nhat-ky', asked, { trang: String(page + 1) })}>Cũ hơn →</a>
        ) : null}
      </nav>
    </section>
  );
}

function Filter({ asked, offices }: { asked: Asked; offices: readonly Choice[] }) {
  const { coquan, loai, viec, doituong } = asked;
  const isMore = [coquan, loai, viec, doituong].some((value) => value !== '');
  return (
    <ChooserForm action="/nhat-ky" submit="Lọc">
      <Field name="tu" label="Từ ngày" type="date" value={asked.tu} />
      <Field name="den" label="Đến ngày" type="date" value={asked.den} />
      <Field name="nguoi" label="Tên người làm" value={asked.nguoi} autocomplete="off" />
      <details class="more across" {...(isMore ? { open: true } : {})}>
        <summary>Lọc theo cơ quan, việc, đối tượng</summary>
        <div class="chooser">
          <ChoiceField name="coquan" label="Cơ quan" choices={offices} value={coquan} />
          <ChoiceField name="loai" label="Loại việc" choices={KINDS} value={loai} />
          <ChoiceField name="viec" label="Việc" choices={actionChoices()} value={viec} />
          <Field
            name="doituong"
            label="Mã đối tượng (hộ, lần nhập, tài khoản)"
            value={doituong}
            autocomplete="off"
          />
        </div>
      </details>
    </ChooserForm>
  );
}

function Entries({ result, names, isDemo }: { result: EntryPage; names: Names; isDemo: boolean }) {
  if (result.rows.length === 0) {
    return <p class="empty">Không có mục nào như vậy trong phạm vi bạn được xem.</p>;
  }
  return (
    <>
      {isDemo ? <small class="mark">{SITE.simulated}</small> : null}
      {byDay(result.rows).map(({ day, rows }) => (
        <>
          <h3>Ngày {day}</h3>
          <ul class="plain history">
            {rows.map((row) => (
              <li>
                <a href={`/nhat-ky/muc/${row.entryId}`}>{timeOf(row)}</a> {sentenceOf(row, names)}{' '}
                <small class="raw">({subjectText(row)})</small>
              </li>
            ))}
          </ul>
        </>
      ))}
    </>
  );
}

const timeOf = (row: EntryLine): string => instantText(row.at).slice(0, 5);

/** Entries under the day they were made, in their order. */
function byDay(rows: readonly EntryLine[]): { day: string; rows: EntryLine[] }[] {
  const days: { day: string; rows: EntryLine[] }[] = [];
  for (const row of rows) {
    const day = instantText(row.at).slice(6);
    if (days.at(-1)?.day !== day) days.push({ day, rows: [] });
    days.at(-1)?.rows.push(row);
  }
  return days;
}

interface TakenProps {
  asked: Asked;
  exports: readonly PastExport[];
  isEmpty: boolean;
}

function Taken({ asked, exports, isEmpty }: TakenProps) {
  return (
    <Card
      title="Xuất tệp"
      lead="Tệp gồm mọi mục phù hợp với bộ lọc. Số dòng và mã kiểm SHA-256 của tệp được ghi vào nhật ký, để về sau đối chiếu bản sao."
    >
      {isEmpty ? null : (
        <p class="acts">
          <a class="button quiet" href={withFilter('/nhat-ky/tai', asked, { dang: 'csv' })}>
            Tải CSV
          </a>
          <a class="button quiet" href={withFilter('/nhat-ky/tai', asked, { dang: 'xlsx' })}>
            Tải Excel
          </a>
        </p>
      )}
      {exports.length > 0 ? (
        <DataTable
          caption="Các tệp bạn đã xuất"
          rows={exports}
          columns={[
            { title: 'Đã xuất lúc', cell: (row) => instantText(row.at) },
            { title: 'Dòng', cell: (row) => formatInteger(row.rows), numeric: true },
            { title: 'SHA-256', cell: (row) => <code class="hash">{row.checksum}</code> },
          ]}
        />
      ) : null}
    </Card>
  );
}
