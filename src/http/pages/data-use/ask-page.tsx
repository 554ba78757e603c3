import type { Problem } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Field, Notice, Page } from '../../../web/index.js';

interface Props {
  shell: Shell;
  problem: Problem | null;
  typed?: { code?: string; year?: string };
}

/**
 * Two answers from a paper; no account. A refusal keeps what was typed, so that one letter can be mended;
 * no browser keeps the page.
 */
export function AskPage({ shell, problem, typed = {} }: Props) {
  return (
    <Page
      shell={shell}
      title="Ai đã xem thông tin của gia đình tôi?"
      sub="Dành cho hộ gia đình có phiếu tra cứu do xã cấp"
    >
      <div class="grid even">
        <section class="card">
          <h2>Xem bằng phiếu của hộ</h2>
          {problem ? (
            <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
          ) : null}
          <form class="command" method="post" action="/du-lieu-cua-toi">
            <Field
              name="ma"
              label="Mã trên phiếu"
              hint="Ba nhóm chữ và số, ví dụ dạng ABCD-1234-EFGH"
              value={typed.code ?? ''}
              autocomplete="off"
              required
            />
            <Field
              name="nam-sinh"
              label="Năm sinh của chủ hộ"
              hint="Bốn chữ số"
              value={typed.year ?? ''}
              inputmode="numeric"
              autocomplete="off"
              required
            />
            <button type="submit">Xem</button>
          </form>
        </section>
        <section class="card">
          <h2>Trang này cho biết gì</h2>
          <ul class="plain">
            <li>Cơ quan nào, chức danh gì đã mở hồ sơ của hộ, ngày nào, để làm gì.</li>
            <li>Không ai phải nộp tiền, không cần tài khoản.</li>
            <li>
              Chưa có phiếu hoặc mất phiếu: hỏi trưởng thôn hoặc Ủy ban nhân dân xã để được cấp mã
              mới.
            </li>
          </ul>
        </section>
      </div>
    </Page>
  );
}
