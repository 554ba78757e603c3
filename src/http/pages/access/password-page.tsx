import { SHORTEST_PASSWORD } from '../../../access/index.js';
import type { Problem } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, CommandForm, Field, Notice, Page } from '../../../web/index.js';

interface PasswordPageProps {
  shell: Shell;
  commandId: string;
  username: string;
  problem: Problem | null;
}

/** Changing one's own password. What was typed is never sent back. */
export function PasswordPage({ shell, commandId, username, problem }: PasswordPageProps) {
  return (
    <Page shell={shell} nav="account" title="Đổi mật khẩu" sub={<BackToAccount />}>
      <div class="grid even">
        <section class="card">
          <h2>Mật khẩu mới</h2>
          <p class="lead">Sau khi đổi, mọi thiết bị khác phải đăng nhập lại.</p>
          {problem ? (
            <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
          ) : null}
          <CommandForm action="/tai-khoan/mat-khau" commandId={commandId} submit="Đổi mật khẩu">
            <input type="text" name="username" value={username} autocomplete="username" hidden />
            <Field
              name="current"
              label="Mật khẩu đang dùng"
              type="password"
              required
              autocomplete="current-password"
            />
            <Field
              name="next"
              label="Mật khẩu mới"
              type="password"
              hint={`Ít nhất ${SHORTEST_PASSWORD} ký tự`}
              required
              autocomplete="new-password"
            />
            <Field
              name="again"
              label="Nhập lại mật khẩu mới"
              type="password"
              required
              autocomplete="new-password"
            />
          </CommandForm>
        </section>
        <Card title="Mật khẩu thế nào là tốt">
          <p>
            Vài từ chỉ mình nhớ, ghép thành một câu. Viết có dấu và có khoảng trắng đều được; câu
            dài khó đoán hơn một từ ngắn nhiều ký hiệu.
          </p>
          <h3>Hệ thống không nhận</h3>
          <ul class="small">
            <li>mật khẩu đã bị lộ ở nơi khác;</li>
            <li>mật khẩu có tên đăng nhập bên trong;</li>
            <li>tên của mình, tên xã, tên tỉnh kèm năm hoặc số;</li>
            <li>ngày sinh, số điện thoại;</li>
            <li>từ “mật khẩu”, các phím nằm liền nhau.</li>
          </ul>
        </Card>
      </div>
    </Page>
  );
}

export const BackToAccount = () => <a href="/tai-khoan">← Tài khoản của tôi</a>;
