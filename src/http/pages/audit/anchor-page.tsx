import type { Anchor } from '../../../audit/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { formatDate, formatInteger } from '../../../kernel/index.js';
import type { Choice, Shell } from '../../../web/index.js';
import { Card, ChoiceField, ChooserForm, DataTable, Page } from '../../../web/index.js';
import { grouped } from './grouped.js';

interface AnchorPageProps {
  shell: Shell;
  /** Of the month shown, newest first. */
  anchors: readonly Anchor[];
  newest: Anchor | null;
  months: readonly Choice[];
  month: string;
  today: PlainDate;
}

/** Daily anchors for anybody to keep: what they are for, the newest in full, the others by day. */
export function AnchorPage(props: AnchorPageProps) {
  const { shell, newest, today } = props;
  return (
    <Page
      shell={shell}
      title="Mốc nhật ký"
      sub="Giữ một bản mốc ở nơi khác, và sau này ai cũng kiểm được nhật ký có bị sửa hay không."
    >
      <div class="grid even">
        <WhatFor />
        {newest ? (
          <Newest anchor={newest} isToday={newest.date === today} />
        ) : (
          <Card
            title="Chưa có mốc nào"
            lead="Mốc đầu tiên có khi hệ thống ghi mục nhật ký đầu tiên."
          />
        )}
        <Days {...props} />
      </div>
    </Page>
  );
}

function WhatFor() {
  return (
    <Card title="Mốc dùng để làm gì">
      <p>
        Mọi việc ghi, sửa, xem và xuất dữ liệu đều vào nhật ký, mục sau nối vào mục trước. Mỗi phút
        hệ thống ký một mốc trên toàn bộ nhật ký; mốc cuối mỗi ngày đăng ở trang này.
      </p>
      <p>
        Ai giữ một bản mốc thì về sau chứng minh được nhật ký đến ngày đó còn nguyên hay đã bị sửa,
        bỏ bớt, viết lại, kể cả khi chính người vận hành hệ thống làm việc đó. Mốc không chứa thông
        tin của bất kỳ ai.
      </p>
      <h3>Cách giữ</h3>
      <ol class="small">
        <li>In trang này, ghi ngày nhận, lưu vào hồ sơ.</li>
        <li>
          Hoặc tải tệp mốc và gửi qua thư điện tử cho cơ quan khác: Thanh tra tỉnh, Mặt trận Tổ
          quốc, đơn vị kiểm toán.
        </li>
        <li>
          Khi cần kiểm, người quản trị máy chủ chạy{' '}
          <code>
            thonban audit verify <span class="whole">--anchor</span> TỆP
          </code>
          . Kết quả nói rõ khớp hay không, và chỗ đầu tiên bị thay đổi.
        </li>
      </ol>
    </Card>
  );
}

const fileOf = (anchor: Anchor): string => `/api/v1/audit/anchors/${anchor.date}`;
const nameOf = (anchor: Anchor): string => `moc-nhat-ky-${anchor.date}.json`;

function Newest({ anchor, isToday }: { anchor: Anchor; isToday: boolean }) {
  return (
    <Card
      title={`Mốc mới nhất, ngày ${formatDate(anchor.date)}`}
      lead={
        isToday
          ? 'Ngày hôm nay chưa hết: mốc này còn được thay bằng mốc muộn hơn trong ngày.'
          : 'Mốc cuối cùng của ngày.'
      }
    >
      <dl class="facts">
        <dt>Số mốc</dt>
        <dd>{formatInteger(anchor.number)}</dd>
        <dt>Số mục nhật ký</dt>
        <dd>{formatInteger(anchor.entries)}</dd>
        <dt>Mã gốc</dt>
        <dd>
          <code class="hash">{grouped(anchor.root)}</code>
        </dd>
        <dt>Khóa ký</dt>
        <dd>
          <code class="hash">{anchor.publicKey}</code>
        </dd>
        <dt>Chữ ký</dt>
        <dd>
          <code class="hash">{anchor.signature}</code>
        </dd>
      </dl>
      <p class="acts">
        <a class="button quiet" href={fileOf(anchor)} download={nameOf(anchor)}>
          Tải tệp mốc
        </a>
      </p>
    </Card>
  );
}

function Days({ shell, anchors, months, month }: AnchorPageProps) {
  if (months.length === 0) return null;
  return (
    <Card wide title="Mốc theo ngày">
      <ChooserForm action="/nhat-ky/neo">
        <ChoiceField name="thang" label="Tháng" choices={months} value={month} />
      </ChooserForm>
      <DataTable
        isSimulated={shell.isDemo}
        caption="Mốc cuối mỗi ngày"
        rows={anchors}
        empty="Tháng này không có mốc nào."
        columns={[
          {
            title: 'Ngày',
            cell: (row) => (
              <a href={fileOf(row)} download={nameOf(row)}>
                {formatDate(row.date)}
              </a>
            ),
          },
          {
            title: 'Số mốc',
            cell: (row) => formatInteger(row.number),
            numeric: true,
            wideOnly: true,
          },
          { title: 'Số mục', cell: (row) => formatInteger(row.entries), numeric: true },
          { title: 'Mã gốc', cell: (row) => <code class="hash">{grouped(row.root)}</code> },
        ]}
      />
    </Card>
  );
}
