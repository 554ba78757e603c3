import type { Child } from 'hono/jsx';
import { deviceText } from '../../../access/index.js';
import type { EntryDetail, Names } from '../../../audit/index.js';
import { changesIn, sentenceOf } from '../../../audit/index.js';
import { formatInteger } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, DataTable, Page } from '../../../web/index.js';
import { instantText } from '../../instant.js';
import { grouped } from './grouped.js';
import { subjectText } from './subject-text.js';

interface EntryPageProps {
  shell: Shell;
  entry: EntryDetail;
  names: Names;
}

/** One entry with everything it holds and its place in the chain. */
export function AuditEntryPage({ shell, entry, names }: EntryPageProps) {
  const changes = changesIn(entry.payload);
  return (
    <Page
      shell={shell}
      nav="audit"
      title={`Mục nhật ký lúc ${instantText(entry.at)}`}
      sub={<a href="/nhat-ky">← Nhật ký</a>}
    >
      <div class="grid even">
        <Card title={sentenceOf(entry, names)}>
          {changes.length > 0 ? (
            <DataTable
              caption="Từng trường trước và sau"
              rows={changes}
              columns={[
                { title: 'Trường', cell: (row) => row.field },
                { title: 'Trước', cell: (row) => row.before ?? 'không có' },
                { title: 'Sau', cell: (row) => row.after ?? 'không có' },
              ]}
            />
          ) : null}
          <dl class="facts">
            <Fact term="Đối tượng">{subjectText(entry)}</Fact>
            <Fact term="Mã đối tượng">
              <a href={`/nhat-ky?doituong=${encodeURIComponent(entry.subjectId)}`}>
                {entry.subjectId}
              </a>
            </Fact>
            {entry.baseVersion === null ? null : <Fact term="Thay bản">{entry.baseVersion}</Fact>}
            {entry.device === null ? null : (
              <Fact term="Thiết bị">
                <Device text={entry.device} />
              </Fact>
            )}
          </dl>
          <Payload entry={entry} />
        </Card>
        <Card
          title="Vị trí trong chuỗi"
          lead="Mã của mục này nối từ mã của mục đứng trước, nên mục không sửa, bỏ hay chèn được mà không lộ ra."
        >
          <dl class="facts">
            <Fact term="Chuỗi">{entry.stream}</Fact>
            <Fact term="Số">{formatInteger(Number(entry.seq))}</Fact>
            <Fact term="Mã mục">{entry.entryId}</Fact>
            <Fact term="Mã nội dung">
              <code class="hash">{grouped(entry.digest)}</code>
            </Fact>
            <Fact term="Mã nối chuỗi">
              <code class="hash">{grouped(entry.hash)}</code>
            </Fact>
          </dl>
        </Card>
      </div>
    </Page>
  );
}

function Fact({ term, children }: { term: string; children?: Child }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** A browser in words, with what it called itself; what is no browser as it stands. */
function Device({ text }: { text: string }) {
  if (!text.startsWith('Mozilla/')) return <>{text}</>;
  return (
    <>
      {deviceText(text).device}
      <small class="under">{text}</small>
    </>
  );
}

function Payload({ entry }: { entry: EntryDetail }) {
  if (entry.isRedacted) return <p class="empty">Nội dung đã được che theo quyết định.</p>;
  if (entry.payload === null) return null;
  return (
    <details class="more">
      <summary>Nội dung đầy đủ</summary>
      <pre class="payload">{JSON.stringify(entry.payload, null, 2)}</pre>
    </details>
  );
}
