import { formatDate, today } from '../../../kernel/index.js';
import { recognitionFlow } from '../../../review/index.js';
import type { ListAct, ListState, ListView, OpenAct } from '../../../review/index.js';
import { Card, CommandForm, Field, Notice } from '../../../web/index.js';
import { ACT_PATH } from './list-model.js';

/** What was typed into the form of the decision, so that a refusal does not empty it. */
export interface TypedDecision {
  number?: string;
  decidedOn?: string;
  signerName?: string;
  signerTitle?: string;
}

interface ActsProps {
  list: ListView;
  commandIds: Readonly<Record<string, string>>;
  typed: TypedDecision;
}

/** The acts this person may take now, the next step of the way first. */
export function ActsCard({ list, commandIds, typed }: ActsProps) {
  const { acts, state } = list;
  if (state === 'decided' || state === 'withdrawn') return null;
  if (acts.length === 0) return <Card title="Việc tiếp theo" lead={waitingText(list)} />;
  // Who can only send it back, or drop it, is told whose turn it is.
  const isTurn = acts.some((act) => isOnward(act) && act.blockedBecause === null);
  const mayNotApprove = acts.some((one) => one.act === 'approve' && one.blockedBecause !== null);
  return (
    <Card
      title={isTurn ? 'Việc của bạn' : 'Việc tiếp theo'}
      {...(isTurn || acts.some(isOnward) ? {} : { lead: waitingText(list) })}
    >
      {acts.map((act) => (
        <ActForm
          {...{ act, list, typed }}
          commandId={commandIds[act.act] ?? ''}
          lead={act.act === 'return' && mayNotApprove ? RETURN_AS_MAKER : LEAD[act.act]}
        />
      ))}
    </Card>
  );
}

/** Does the act take the list a step further? */
const isOnward = ({ act }: OpenAct): boolean => ONWARD.has(act);

const ONWARD: ReadonlySet<ListAct> = new Set(['submit', 'approve', 'decide']);

/** Whose turn it is, for whoever can only look. */
function waitingText({ state }: ListView): string {
  const { acts, states } = recognitionFlow();
  const next = Object.values(acts).find(
    (rule) => rule.from.includes(state) && rule.to !== 'withdrawn' && rule.to !== 'returned',
  );
  const who = next?.permission === 'list:decide' ? 'lãnh đạo xã' : 'cán bộ xã';
  return `Danh sách ${states[state]}. Bước tiếp theo do ${who} làm${WHAT_THEN[state] ?? ''}.`;
}

/** After the approval nothing is left to do on screen but to enter what was signed outside. */
const WHAT_THEN: Readonly<Partial<Record<ListState, string>>> = {
  approved:
    ': đưa danh sách đi ký, rồi ghi số, ngày, người ký và gửi tệp quyết định; từ đó danh sách có hiệu lực',
};

interface FormProps {
  act: OpenAct;
  list: ListView;
  commandId: string;
  typed: TypedDecision;
  lead: string | undefined;
}

function ActForm({ act, list, commandId, typed, lead }: FormProps) {
  if (act.blockedBecause !== null) {
    return (
      <Notice what={`Bạn không “${act.label.toLowerCase()}” được.`} why={act.blockedBecause} />
    );
  }
  return (
    <CommandForm
      action={`/danh-sach/${list.listId}/${ACT_PATH[act.act]}`}
      commandId={commandId}
      submit={list.state === 'returned' && act.act === 'submit' ? 'Trình lại' : act.label}
      quiet={!isOnward(act)}
      isUpload={act.act === 'decide'}
    >
      {act.act === 'decide' ? <DecisionFields list={list} typed={typed} /> : null}
      {act.act === 'return' ? (
        <Field
          name="reason"
          label="Lý do trả lại"
          hint="Nói rõ cần sửa gì; người lập đọc câu này đầu tiên."
          required
        />
      ) : null}
      {act.act === 'withdraw' ? <Field name="reason" label="Lý do bỏ danh sách" required /> : null}
      {lead ? <p class="lead">{lead}</p> : null}
    </CommandForm>
  );
}

const LEAD: Readonly<Partial<Record<ListAct, string>>> = {
  submit: 'Sau khi trình, lãnh đạo xã duyệt hoặc trả lại kèm lý do.',
  approve:
    'Duyệt trình để đưa đi ký. Danh sách chỉ có hiệu lực khi đã ghi quyết định kèm văn bản đã ký.',
};

/** To send a list back takes it out of the leader's hands and approves nothing: a maker may. */
const RETURN_AS_MAKER =
  'Bạn vẫn trả lại được: trả lại không phải là duyệt, chỉ đưa danh sách về bước lập để sửa.';

/** What is signed is what was approved: not before that day. */
function signedSince({ steps }: ListView): { hint?: string } {
  const approved = steps.findLast(({ act }) => act === 'approve');
  if (!approved) return {};
  return { hint: `Từ ngày duyệt trình, ${formatDate(today({ now: () => approved.at }))}, trở đi.` };
}

function DecisionFields({ list, typed }: { list: ListView; typed: TypedDecision }) {
  return (
    <>
      <p class="lead">
        Ghi đúng như trên văn bản đã ký và gửi kèm tệp PDF (bản quét, hoặc bản có chữ ký số).
      </p>
      <Field
        name="number"
        label="Số quyết định"
        hint="Ví dụ: 125/QĐ-UBND"
        value={typed.number ?? ''}
        required
        autocomplete="off"
      />
      <Field
        name="decidedOn"
        label="Ngày ký"
        type="date"
        value={typed.decidedOn ?? ''}
        {...signedSince(list)}
        required
      />
      <Field
        name="signerName"
        label="Họ tên người ký"
        value={typed.signerName ?? ''}
        required
        autocomplete="off"
      />
      <Field
        name="signerTitle"
        label="Chức vụ người ký"
        {...(list.authority.signer === null
          ? {}
          : { hint: `Theo quy định: ${list.authority.signer}` })}
        value={typed.signerTitle ?? ''}
        required
        autocomplete="off"
      />
      <Field
        name="file"
        label="Tệp quyết định đã ký (PDF)"
        type="file"
        accept=".pdf,application/pdf"
        hint="Không đặt mật khẩu, tối đa 20 MB."
        required
      />
    </>
  );
}
