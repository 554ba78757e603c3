import { recognitionFlow } from '../../../review/index.js';
import { POSTED } from '../../../review/index.js';
import type { Posted, PostedRow, Posting } from '../../../review/index.js';
import type { Shell } from '../../../web/index.js';
import { DataTable, NO_NUMBER, Page, count } from '../../../web/index.js';
import { instantText } from '../../instant.js';
import { thatDecision } from './list-model.js';

/** The result, above the names it is about. */
const SECTION: Readonly<Record<Posted, string>> = {
  poor: 'Hộ nghèo',
  near_poor: 'Hộ cận nghèo',
  escaped_poverty: 'Hộ thoát nghèo',
  escaped_near_poverty: 'Hộ thoát cận nghèo',
};

/** The list as it is posted: name, village, result; no number, no score, no illness. */
export function PostingPage({ shell, posting }: { shell: Shell; posting: Posting }) {
  const { list, sections } = posting;
  const { posting: rule } = recognitionFlow();
  const shown = POSTED.filter((id) => sections[id].length > 0);
  return (
    <Page
      shell={shell}
      nav="lists"
      title={`${list.unit.name}: danh sách niêm yết, đợt rà soát năm ${list.round}`}
      heading={`Danh sách hộ nghèo, hộ cận nghèo của ${inSentence(list.unit.name)}`}
      sub={
        `Đợt rà soát năm ${list.round} · ` +
        (list.decision
          ? `công nhận theo ${thatDecision(list.decision)}`
          : 'đề nghị công nhận, chưa có quyết định')
      }
    >
      <div class="posting">
        <p>
          {`Niêm yết tại ${rule.places} (${rule.articles.join('; ')}),`} từ ngày{' '}
          <span class="blank" aria-hidden="true" /> đến hết ngày{' '}
          <span class="blank" aria-hidden="true" />. Có ý kiến thì báo Ủy ban nhân dân xã.
        </p>
        {shown.map((id) => (
          <Section title={SECTION[id]} rows={sections[id]} isSimulated={shell.isDemo} />
        ))}
        {shown.length === 0 ? (
          <p class="empty">Danh sách này không có hộ nghèo, hộ cận nghèo nào.</p>
        ) : null}
        <SignatureBlock posting={posting} />
        <p class="small">
          Lập lúc {instantText(list.preparedAt)}. Mã kiểm tra{' '}
          <code class="hash">{list.rowsHash.slice(0, 16)}</code>
        </p>
      </div>
      <p class="acts">
        <a href={`/danh-sach/${list.listId}`}>Về danh sách</a>
        <span>In trang này (Ctrl+P): không có điểm, không có mã số, không có tình trạng bệnh.</span>
      </p>
    </Page>
  );
}

/** "Xã Quốc Khánh" within a sentence: "xã Quốc Khánh". */
const inSentence = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

interface SectionProps {
  title: string;
  rows: readonly PostedRow[];
  isSimulated: boolean;
}

/** What the book does not know is said once, not on every line. */
function Section({ title, rows, isSimulated }: SectionProps) {
  const known = rows.filter(({ village }) => village !== null).length;
  return (
    <section class="card long">
      <h2>{`${title}: ${count(rows.length)} hộ`}</h2>
      {known < rows.length ? <p class="lead">{unknownVillages(rows.length, known)}</p> : null}
      <DataTable
        caption={title}
        isSimulated={isSimulated}
        rows={rows}
        columns={[
          { title: 'STT', cell: (_, index) => count(index + 1), numeric: true },
          { title: 'Chủ hộ', cell: (row) => row.headName ?? 'chưa rõ tên' },
          ...(known > 0
            ? [{ title: 'Thôn', cell: ({ village }: PostedRow) => village ?? NO_NUMBER }]
            : []),
        ]}
      />
    </section>
  );
}

export const unknownVillages = (rows: number, known: number): string =>
  known === 0
    ? 'Sổ của xã chưa ghi hộ nào ở thôn nào.'
    : `${count(rows - known)} hộ ở cuối chưa rõ thôn.`;

/** Who signs is known or it is said; nothing is signed by guess. */
function SignatureBlock({ posting }: { posting: Posting }) {
  const { signer, note } = posting.list.authority;
  if (signer === null) {
    return <p class="lead">{`Chưa xác định thẩm quyền ký${note ? `: ${note}` : ''}.`}</p>;
  }
  return (
    <p class="signature">
      <b>{signer}</b>
      <small class="under">(ký, ghi rõ họ tên)</small>
    </p>
  );
}
