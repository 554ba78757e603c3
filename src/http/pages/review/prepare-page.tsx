import type { Problem } from '../../../kernel/index.js';
import { recognitionFlow } from '../../../review/index.js';
import type { BoardLine } from '../../../review/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, CommandForm, Field, Notice, Page, count } from '../../../web/index.js';
import { stateText, thatDecision } from './list-model.js';

interface PreparePageProps {
  shell: Shell;
  round: number;
  line: BoardLine;
  /** One for each form. */
  commandIds: { recognition: string; revocation: string };
  problem: Problem | null;
}

/** One commune in one round: what is in the book, and the list that can be begun. */
export function PreparePage({ shell, round, line, commandIds, problem }: PreparePageProps) {
  const { unit, households, pending, inForce, open } = line;
  const form = { round, code: unit.code };
  return (
    <Page
      shell={shell}
      nav="lists"
      title={`${unit.name}, đợt rà soát năm ${round}`}
      sub={`${count(households)} hộ trong sổ, ${count(pending)} hộ chưa có kết quả công nhận`}
    >
      {problem ? (
        <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
      ) : null}
      {open ? (
        <Notice
          what={`Danh sách của đợt này ${stateText(open.state)}.`}
          todo={<a href={`/danh-sach/${open.listId}`}>Mở danh sách đang làm</a>}
        />
      ) : (
        <div class="grid even">
          <Card
            title={inForce ? 'Lập danh sách thay quyết định' : 'Lập danh sách'}
            lead="Số hộ và kết quả tính lại được giữ nguyên như lúc lập; hộ nào đổi sau đó thì danh sách phải lập lại."
          >
            <CommandForm
              action="/danh-sach"
              commandId={commandIds.recognition}
              submit={recognitionFlow().acts.prepare.label}
            >
              <Hidden kind="recognition" {...form} />
              {inForce ? (
                <Field
                  name="reason"
                  label={`Vì sao thay ${thatDecision(inForce)}`}
                  hint="Ví dụ: bổ sung 3 hộ rà soát sau."
                  required
                />
              ) : null}
            </CommandForm>
          </Card>
          {inForce ? (
            <Card
              title="Thu hồi quyết định"
              lead="Cũng qua trình, duyệt và một quyết định đã ký. Sau đó các hộ trở lại chưa có kết quả công nhận; không có gì bị xóa."
            >
              <CommandForm
                action="/danh-sach"
                commandId={commandIds.revocation}
                submit="Lập đề nghị thu hồi"
                quiet
              >
                <Hidden kind="revocation" {...form} />
                <Field name="why" label="Lý do thu hồi" required />
              </CommandForm>
            </Card>
          ) : null}
        </div>
      )}
    </Page>
  );
}

function Hidden(props: { kind: 'recognition' | 'revocation'; round: number; code: string }) {
  return (
    <>
      <input type="hidden" name="kind" value={props.kind} />
      <input type="hidden" name="dot" value={String(props.round)} />
      <input type="hidden" name="xa" value={props.code} />
    </>
  );
}
