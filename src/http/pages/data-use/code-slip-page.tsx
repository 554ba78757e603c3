import type { Problem } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Field, Notice, Page } from '../../../web/index.js';

interface FormProps {
  shell: Shell;
  householdId: string;
  commandId: string;
  headName: string | null;
  villageName: string;
  hasCode: boolean;
  /** Does the book know the year that the code opens with? */
  hasBirthYear: boolean;
  /** Why the form came back, with what was typed. */
  problem: Problem | null;
  typed: { reason?: string; birthYear?: string };
}

/** Before a code is handed out: a new one makes the old paper void. */
export function CodeFormPage(props: FormProps) {
  const { shell, householdId, commandId, headName, villageName, hasCode, problem, typed } = props;
  return (
    <Page
      shell={shell}
      nav="households"
      title="Cấp phiếu tra cứu cho hộ"
      sub={
        <>
          <a href={`/ho/${householdId}`}>Hộ ông/bà {headName ?? 'chưa rõ tên'}</a> · {villageName}
        </>
      }
    >
      <section class="card narrow">
        <h2>{hasCode ? 'Thay phiếu cũ bằng phiếu mới' : 'Phiếu đầu tiên của hộ'}</h2>
        <p class="lead">
          Phiếu có một mã để gia đình tự xem ai đã mở hồ sơ của mình. Mã chỉ hiện một lần để in, hệ
          thống không giữ lại.
        </p>
        {problem ? (
          <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
        ) : null}
        <form class="command" method="post" action={`/ho/${householdId}/phieu`}>
          <input type="hidden" name="commandId" value={commandId} />
          {props.hasBirthYear ? null : (
            <>
              {problem ? null : (
                <Notice
                  what="Sổ chưa có năm sinh của chủ hộ."
                  why="Gia đình mở phiếu bằng mã và năm sinh của chủ hộ; tệp rà soát không có năm sinh."
                  todo="Xem giấy tờ của chủ hộ rồi ghi vào ô dưới đây: năm này đi cùng phiếu."
                />
              )}
              <Field
                name="birthYear"
                label="Năm sinh của chủ hộ"
                hint="Bốn chữ số, ví dụ 1968. Nói cho chủ hộ biết năm đã ghi."
                value={typed.birthYear ?? ''}
                autocomplete="off"
                required
              />
            </>
          )}
          {hasCode ? (
            <Field
              name="reason"
              label="Lý do cấp mã mới"
              hint="Ví dụ: hộ làm mất phiếu. Mã cũ hết hiệu lực ngay."
              value={typed.reason ?? ''}
              required
            />
          ) : null}
          <button type="submit">{hasCode ? 'Cấp mã mới' : 'Cấp phiếu'}</button>
        </form>
      </section>
    </Page>
  );
}

interface SlipProps {
  shell: Shell;
  householdId: string;
  code: string | null;
  headName: string | null;
  villageName: string;
  /** Without the protocol, as a person types it. */
  address: string;
}

/** The paper to print and hand over. */
export function CodeSlipPage(props: SlipProps) {
  const { shell, householdId, code, headName, villageName, address } = props;
  return (
    <Page
      shell={shell}
      nav="households"
      title="Phiếu tra cứu của hộ"
      sub={`Hộ ông/bà ${headName ?? 'chưa rõ tên'} · ${villageName}`}
    >
      {code === null ? (
        <Notice
          tone="alert"
          what="Mã đã được cấp ở lần gửi trước và không hiện lại được."
          todo="Nếu chưa in kịp, cấp mã mới và ghi lý do."
        />
      ) : (
        <section class="card slip">
          <h2>Mã tra cứu</h2>
          <p class="code">{code}</p>
          <ol>
            <li>
              Mở trang <b>{address}</b> trên điện thoại, hoặc nhờ trưởng thôn mở giúp.
            </li>
            <li>Gõ mã trên và năm sinh của chủ hộ.</li>
            <li>Xem cơ quan nào đã mở hồ sơ của gia đình, ngày nào, để làm gì.</li>
          </ol>
          <p class="small">
            Giữ phiếu như giấy tờ riêng của gia đình. Mất phiếu thì báo xã để được cấp mã mới.
          </p>
        </section>
      )}
      <p class="acts">
        <a href={`/ho/${householdId}`}>Về trang của hộ</a>
        {code === null ? (
          <>
            {' · '}
            <a href={`/ho/${householdId}/phieu`}>Cấp mã mới</a>
          </>
        ) : (
          <span>In trang này (Ctrl+P) rồi giao cho chủ hộ.</span>
        )}
      </p>
    </Page>
  );
}
