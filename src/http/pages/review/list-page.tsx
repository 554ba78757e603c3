import type { Problem } from '../../../kernel/index.js';
import { standardLabel } from '../../../kernel/index.js';
import { STATE_LABEL } from '../../../rules/index.js';
import type { ListStep, ListView } from '../../../review/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, DataTable, Notice, Page, count } from '../../../web/index.js';
import { instantText } from '../../instant.js';
import { ActsCard } from './acts-card.js';
import type { TypedDecision } from './acts-card.js';
import { DecisionCard } from './decision-card.js';
import type { PaperShown } from './decision-card.js';
import {
  STEP_TEXT,
  countLines,
  flowSentences,
  listTitle,
  notComparedText,
  stateText,
  thatDecision,
} from './list-model.js';

export interface ListPageProps {
  shell: Shell;
  list: ListView;
  /** Made with the page, one for each act. */
  commandIds: Readonly<Record<string, string>>;
  /** Why the act that was just tried was refused. */
  problem: Problem | null;
  typed: TypedDecision;
  paper: PaperShown | null;
  /** Words for ids of roles. */
  roleText: (id: string | null) => string | null;
}

/** One list: why it came back, what to do, what it counts, who did what, the decision. */
export function ListPage(props: ListPageProps) {
  const { shell, list, problem } = props;
  return (
    <Page
      shell={shell}
      nav="lists"
      title={`${list.unit.name}: ${listTitle(list.kind)}`}
      sub={
        `Đợt rà soát năm ${list.round} · ${standardLabel(list.standardId)} · ${stateText(list.state)}, ` +
        instantText(list.changedAt)
      }
    >
      {problem ? (
        <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
      ) : null}
      {list.state === 'returned' ? <ReturnedNotice list={list} /> : null}
      <div class="grid way">
        <div class="stack">
          <ActsCard {...props} />
          <DecisionCard list={list} paper={props.paper} />
        </div>
        <CountsCard shell={shell} list={list} />
        <StepsCard steps={list.steps} roleText={props.roleText} />
      </div>
    </Page>
  );
}

function ReturnedNotice({ list }: { list: ListView }) {
  const step = list.steps.findLast(({ act }) => act === 'return');
  if (!step) return null;
  return (
    <Notice
      tone="alert"
      what={`Danh sách bị trả lại: ${step.reason ?? ''}`}
      why={`${step.by ?? 'Hệ thống'}, ${instantText(step.at)}`}
      todo="Sửa số liệu nếu cần, lập lại theo số liệu hiện nay, rồi trình lại."
    />
  );
}

function CountsCard({ shell, list }: { shell: Shell; list: ListView }) {
  const { counts, replaces, reason, state } = list;
  const { last } = counts;
  const why = notComparedText(counts, list.standardId);
  const hasChange = counts.flows !== null;
  return (
    <Card
      title={list.kind === 'recognition' ? 'Danh sách gồm' : 'Các hộ thôi được công nhận'}
      lead={`Giữ nguyên như lúc lập: ${instantText(list.preparedAt)}.`}
      source={<Source list={list} />}
    >
      {replaces ? (
        <p>
          {`${state === 'decided' ? 'Đã thay' : 'Sẽ thay'} ${thatDecision(replaces)}`}
          {reason ? `. Lý do: ${reason}` : '.'}
        </p>
      ) : null}
      <DataTable
        caption="Số hộ theo kết quả, so với đợt trước"
        isSimulated={shell.isDemo}
        rows={countLines(counts)}
        rowClass={({ isTotal }) => (isTotal ? 'total' : undefined)}
        columns={[
          { title: 'Kết quả', cell: (row) => row.label },
          { title: 'Đợt này', cell: (row) => count(row.now), numeric: true },
          ...(last
            ? [
                {
                  title: `Đợt ${last.round}`,
                  cell: (row: ReturnType<typeof countLines>[number]) => count(row.last ?? 0),
                  numeric: true,
                },
              ]
            : []),
          ...(hasChange
            ? [
                {
                  title: 'Tăng, giảm',
                  cell: (row: ReturnType<typeof countLines>[number]) => signed(row.change ?? 0),
                  numeric: true,
                },
              ]
            : []),
        ]}
      />
      {why ? <p class="lead">{why}</p> : null}
      {hasChange ? <FlowList sentences={flowSentences(counts)} /> : null}
      {list.kind === 'recognition' ? (
        <p class="acts">
          <a href={`/danh-sach/${list.listId}/niem-yet`}>Bản in để niêm yết</a>
        </p>
      ) : null}
    </Card>
  );
}

function FlowList({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return <p class="lead">Không hộ nào đổi kết quả so với đợt trước.</p>;
  return (
    <ul class="plain">
      {sentences.map((sentence) => (
        <li>{sentence}</li>
      ))}
    </ul>
  );
}

const signed = (n: number): string => (n > 0 ? `+${count(n)}` : n < 0 ? `−${count(-n)}` : '0');

function Source({ list }: { list: ListView }) {
  const { authority } = list;
  const basis = [...authority.articles, STATE_LABEL[authority.state]].join('; ');
  return (
    <>
      <p>
        {authority.signer === null
          ? `Chưa xác định thẩm quyền ký${authority.note ? `: ${authority.note}` : ''}.`
          : `Người ký quyết định: ${authority.signer} (${basis}${authority.note ? `; ${authority.note}` : ''}).`}
      </p>
      <p>
        Mã kiểm tra của danh sách: <code class="hash">{list.rowsHash}</code>
      </p>
    </>
  );
}

interface StepsProps {
  steps: readonly ListStep[];
  roleText: (id: string | null) => string | null;
}

function StepsCard({ steps, roleText }: StepsProps) {
  return (
    <Card title="Ai đã làm gì">
      <ol class="uses">
        {steps.map((step) => (
          <li>
            <time>{instantText(step.at)}</time>
            <span>
              <b>{step.by ?? 'Hệ thống'}</b>
              {step.behalf === null ? '' : ` thay mặt ${step.behalf}`} {STEP_TEXT[step.act]}
              {step.reason ? `: ${step.reason}` : ''}
              <small class="under">
                {[roleText(step.role), step.office].filter(Boolean).join(' · ')}
              </small>
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
