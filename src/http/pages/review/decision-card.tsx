import type { ListView } from '../../../review/index.js';
import type { SignatureText } from '../../../signing/index.js';
import { Card, Notice } from '../../../web/index.js';
import { instantText } from '../../instant.js';
import { decisionText } from './list-model.js';

/** What is known today of the signed file. */
export interface PaperShown {
  isKept: boolean;
  signatures: readonly SignatureText[];
}

const TONE = { good: 'done', careful: 'info', bad: 'alert' } as const;

/** The decision a list became, with its paper. */
export function DecisionCard({ list, paper }: { list: ListView; paper: PaperShown | null }) {
  const { decision } = list;
  if (!decision) return null;
  return (
    <Card title={decisionText(decision)}>
      <dl>
        <dt>Người ký</dt>
        <dd>{[decision.signerName, decision.signerTitle].filter(Boolean).join(', ')}</dd>
        <dt>Ghi vào hệ thống</dt>
        <dd>{instantText(decision.recordedAt)}</dd>
        <dt>Văn bản đã ký</dt>
        <dd>
          {paper?.isKept ? (
            <a href={`/danh-sach/${list.listId}/van-ban`}>{decision.fileName ?? 'quyết định'}</a>
          ) : (
            'không mở được'
          )}
        </dd>
      </dl>
      {paper ? <Signatures paper={paper} /> : null}
    </Card>
  );
}

function Signatures({ paper }: { paper: PaperShown }) {
  if (!paper.isKept) {
    return (
      <Notice
        tone="alert"
        what="Tệp quyết định trong kho không còn đúng như lúc ghi."
        todo="Báo người quản trị khôi phục từ bản sao lưu."
      />
    );
  }
  if (paper.signatures.length === 0) {
    return <p class="lead">Tệp không có chữ ký số (bản quét): đối chiếu với bản giấy đã ký.</p>;
  }
  return (
    <>
      {paper.signatures.map(({ tone, headline, facts }) => (
        <Notice tone={TONE[tone]} what={headline}>
          <ul class="plain">
            {facts.map((fact) => (
              <li>{fact}</li>
            ))}
          </ul>
        </Notice>
      ))}
    </>
  );
}
