import type { LegalDocument, ShownDocument } from '../../../law/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import { formatDate } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, ChooserForm, DataTable, Field, Page } from '../../../web/index.js';
import { CHANGED_BY_LABEL, DOCUMENT_TYPE_LABEL, RELATION_LABEL } from './law-labels.js';

/** A document's page; the day is given because numbers are used again. */
export const documentHref = (number: string, date: PlainDate | null): string =>
  `/van-ban/xem?so=${encodeURIComponent(number)}${date ? `&ngay=${date}` : ''}`;

const UNVERIFIED = 'chưa đối chiếu văn bản gốc';

interface LawListPageProps {
  shell: Shell;
  documents: readonly LegalDocument[];
  total: number;
  query: string;
}

/** The register: every document the rules and pages cite. */
export function LawListPage({ shell, documents, total, query }: LawListPageProps) {
  return (
    <Page
      shell={shell}
      nav="law"
      title={`${total} văn bản trong sổ`}
      sub="Mỗi căn cứ nêu trên các trang đều dẫn về sổ này; điều chưa biết được để trống, không suy đoán"
    >
      <ChooserForm action="/van-ban" submit="Tìm">
        <Field name="tim" label="Số, ký hiệu hoặc trích yếu" value={query} autocomplete="off" />
      </ChooserForm>
      <section class="card">
        <h2 class="unseen">Danh sách văn bản</h2>
        <DataTable
          caption="Văn bản"
          rows={documents}
          empty={
            <>
              {`Không có văn bản nào khớp “${query}”. Thử gõ số không kèm năm, hoặc `}
              <a href="/van-ban">xem cả sổ</a>.
            </>
          }
          columns={[
            {
              title: 'Số, ký hiệu',
              cell: (row) => (
                <a href={documentHref(row.number, row.issued)}>
                  <span class="whole">{row.number}</span>
                  <small class="phone">{row.title ?? typeLabel(row)}</small>
                </a>
              ),
            },
            {
              title: 'Ngày ban hành',
              cell: (row) => (row.issued ? formatDate(row.issued) : 'chưa rõ'),
            },
            {
              title: 'Trích yếu',
              cell: (row) => row.title ?? typeLabel(row),
              wideOnly: true,
            },
            {
              title: 'Đối chiếu',
              cell: (row) =>
                row.state === 'verified' ? <span class="whole">đã đối chiếu</span> : 'chưa',
              wideOnly: true,
            },
          ]}
        />
      </section>
    </Page>
  );
}

const typeLabel = ({ type }: Pick<LegalDocument, 'type'>): string =>
  type ? DOCUMENT_TYPE_LABEL[type] : 'chưa rõ loại';

interface LawPageProps {
  shell: Shell;
  document: ShownDocument;
  today: PlainDate;
}

/** One document: in force or not today, what it changed, what changed it. */
export function LawPage({ shell, document, today }: LawPageProps) {
  const date = (value: PlainDate | null) => (value ? formatDate(value) : 'chưa rõ');
  return (
    <Page
      shell={shell}
      nav="law"
      title={`${typeLabel(document)} ${document.number}`}
      sub={`${inForceText(document.inForce)} (ngày ${formatDate(today)})${
        document.state === 'verified' ? '' : ` · ${UNVERIFIED}`
      }`}
    >
      <div class="grid even">
        <Card title={document.title ?? 'Chưa có trích yếu'}>
          <dl>
            <dt>Cơ quan ban hành</dt>
            <dd>{document.issuer ?? 'chưa rõ'}</dd>
            <dt>Ngày ban hành</dt>
            <dd>{date(document.date)}</dd>
            <dt>Có hiệu lực từ</dt>
            <dd>{date(document.inForceFrom)}</dd>
            <dt>Hết hiệu lực từ</dt>
            <dd>{document.endedOn ? formatDate(document.endedOn) : 'không rõ ngày kết thúc'}</dd>
            <dt>Nguồn đã đọc</dt>
            <dd>{document.source}</dd>
            {document.note ? (
              <>
                <dt>Ghi chú</dt>
                <dd>{document.note}</dd>
              </>
            ) : null}
          </dl>
        </Card>
        <Card title="Quan hệ với văn bản khác">
          {document.relations.length + document.changedBy.length === 0 ? (
            <p class="empty">Sổ chưa ghi quan hệ nào.</p>
          ) : null}
          <ul class="plain">
            {document.changedBy.map((change) => (
              <li>
                {CHANGED_BY_LABEL[change.relation]}{' '}
                <a href={documentHref(change.number, change.date)}>{change.number}</a>
                {change.inForceFrom ? ` từ ${formatDate(change.inForceFrom)}` : ''}
                {change.note ? ` · ${change.note}` : ''}
              </li>
            ))}
            {document.relations.map((relation) => (
              <li>
                {RELATION_LABEL[relation.relation]}{' '}
                <a href={documentHref(relation.number, relation.date)}>{relation.number}</a>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </Page>
  );
}

function inForceText(inForce: boolean | null): string {
  if (inForce === null) return 'Chưa rõ hiệu lực';
  return inForce ? 'Đang có hiệu lực' : 'Không có hiệu lực';
}
