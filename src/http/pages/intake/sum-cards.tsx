import type { RowCounts } from '../../../review/index.js';
import { CommandForm, Notice, count } from '../../../web/index.js';
import { addingUp, byStatusLine, closes, hasSomething, writtenTitle } from './import-model.js';
import type { ImportPageData } from './import-page.js';

/**
 * The file as it is, then what of it is written. Where sheets are left out the two are cards of their own,
 * so that no number of the whole file stands among those of the sheets that are written.
 */
export function SumCards({ data }: { data: ImportPageData }) {
  if (!data.isPartial) {
    return (
      <section class="card">
        <h2 class="unseen">Đối chiếu số dòng</h2>
        <FileSums counts={data.counts} />
        <Written data={data} />
      </section>
    );
  }
  return (
    <>
      <section class="card">
        <h2>{`Cả tệp, ${data.sheets.length} trang tính`}</h2>
        <FileSums counts={data.counts} />
      </section>
      <section class="card">
        <h2>{writtenTitle(data)}</h2>
        {data.written.sheets.length === 0 ? (
          <NextAct data={data} />
        ) : (
          <>
            <p class="lead">
              {`Các số dưới đây chỉ tính trang được ghi, không tính cả tệp: ${data.written.sheets
                .map(({ sheet }) => `“${sheet}”`)
                .join(', ')}.`}
            </p>
            <Written data={data} />
          </>
        )}
      </section>
    </>
  );
}

function FileSums({ counts }: { counts: RowCounts }) {
  return (
    <>
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
    </>
  );
}

function Written({ data }: { data: ImportPageData }) {
  const { created, updated, unchanged, conflicting } = data.written.changes;
  const { needsReview, classDisagreements, possibleSameHousehold } = data.written;
  const verb = data.state === 'previewed' ? 'sẽ' : 'đã';
  return (
    <>
      <dl>
        <dt>{`Đợt này ${verb} thêm`}</dt>
        <dd>{count(created)} hộ</dd>
        <dt>{`Sổ ${verb} cập nhật`}</dt>
        <dd>{count(updated)} hộ</dd>
        <dt>Không đổi</dt>
        <dd>{count(unchanged)} hộ</dd>
        <dt>Khác kết quả đã công nhận</dt>
        <dd>{withNote(conflicting, 'hộ', ', không ghi')}</dd>
        <dt>Cần người xem lại</dt>
        <dd>{withNote(needsReview, 'hộ', ', không ghi')}</dd>
        <dt>Khác kết quả của tệp</dt>
        <dd>{withNote(classDisagreements, 'hộ', ': giữ cả hai kết quả, cạnh nhau')}</dd>
        <dt>Có thể cùng một hộ</dt>
        <dd>
          {withNote(possibleSameHousehold, 'cặp', ': cùng mã, cùng tên, giá trị khác; giữ cả hai')}
        </dd>
      </dl>
      <NextAct data={data} />
    </>
  );
}

/** "6 hộ, không ghi"; of none there is nothing more to say. */
const withNote = (number: number, unit: string, note: string): string =>
  `${count(number)} ${unit}${number > 0 ? note : ''}`;

function NextAct({ data }: { data: ImportPageData }) {
  if (data.state === 'voided') {
    return (
      <p>
        Không dòng nào của lần nhập này còn hiệu lực.
        {data.voidReason ? ` Lý do hủy: ${data.voidReason}` : ''}
      </p>
    );
  }
  if (data.state !== 'previewed' || !closes(data.counts)) return null;
  if (!hasSomething(data.written)) {
    return (
      <Notice
        what="Chưa có hộ nào ghi được từ tệp này."
        todo="Xem các trang tính và các dòng cần người xem lại ở dưới."
      />
    );
  }
  if (data.canImport === false) return null;
  return (
    <CommandForm
      action={`/nhap-lieu/${data.id}/ghi`}
      commandId={data.commandIds.commit}
      submit="Ghi vào sổ"
    >
      <p class="lead">
        Chưa có gì được ghi. Hộ cần xem lại và hộ khác kết quả đã công nhận không được ghi.
      </p>
    </CommandForm>
  );
}
