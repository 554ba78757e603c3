import type { Problem } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, Field, Notice, Page } from '../../../web/index.js';
import { BackToAccount } from './password-page.js';

interface RenewPageProps {
  shell: Shell;
  /** How many codes are left. */
  left: number;
  problem: Problem | null;
}

/** Making new recovery codes, for whoever has the app at hand. */
export function RenewPage({ shell, left, problem }: RenewPageProps) {
  return (
    <Page shell={shell} nav="account" title="Lập lại mã dự phòng" sub={<BackToAccount />}>
      <div class="narrow">
        <Card
          title={`Còn ${left} mã dự phòng`}
          lead="Lập bộ mới thì các mã cũ không dùng được nữa. Đổi điện thoại: nhờ người quản trị đặt lại ứng dụng xác thực."
        >
          {problem ? (
            <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
          ) : null}
          <form class="command" method="post" action="/tai-khoan/xac-thuc/ma-du-phong">
            <Field
              name="code"
              label="Mã đang hiện trong ứng dụng xác thực"
              required
              inputmode="numeric"
              autocomplete="one-time-code"
            />
            <button type="submit">Lập 10 mã mới</button>
          </form>
        </Card>
      </div>
    </Page>
  );
}
