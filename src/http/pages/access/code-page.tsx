import type { Problem } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Field, Notice, Page } from '../../../web/index.js';

interface CodePageProps {
  shell: Shell;
  /** Whose password was right. */
  name: string;
  next: string;
  problem: Problem | null;
  /** The code itself, on a demonstration. */
  shown: string | null;
}

/** The second step of signing in: a code of the app, or a printed one. */
export function CodePage({ shell, name, next, problem, shown }: CodePageProps) {
  return (
    <Page shell={shell} nav="account" title="Nhập mã xác thực" sub={`Bước 2 của 2 · ${name}`}>
      <div class="grid even">
        <section class="card">
          <h2>Mã trên điện thoại</h2>
          <p class="lead">Mở ứng dụng xác thực và nhập mã 6 chữ số đang hiện.</p>
          {problem ? (
            <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
          ) : null}
          {shown ? (
            <Notice
              what={
                <>
                  Bản trình diễn: mã lúc này là <code>{shown}</code>
                </>
              }
              why="Mã đổi sau mỗi 30 giây. Trên hệ thống thật, mã chỉ có ở điện thoại của cán bộ."
            />
          ) : null}
          <form class="command" method="post" action="/dang-nhap/xac-thuc">
            <input type="hidden" name="next" value={next} />
            <Field
              name="code"
              label="Mã xác thực"
              required
              inputmode="numeric"
              autocomplete="one-time-code"
            />
            <button type="submit">Tiếp tục</button>
          </form>
        </section>
        {shown ? null : <WithoutPhone next={next} />}
      </div>
      <OtherAccount />
    </Page>
  );
}

function WithoutPhone({ next }: { next: string }) {
  return (
    <section class="card">
      <h2>Không có điện thoại bên mình?</h2>
      <p class="lead">Dùng một mã dự phòng đã in. Mỗi mã chỉ dùng được một lần.</p>
      <form class="command" method="post" action="/dang-nhap/xac-thuc">
        <input type="hidden" name="next" value={next} />
        <Field
          name="recovery"
          label="Mã dự phòng"
          hint="Ví dụ: 7KQ2-M0XW-9RTD"
          required
          autocomplete="off"
        />
        <button type="submit" class="quiet">
          Dùng mã dự phòng
        </button>
      </form>
      <p class="small">Hết mã dự phòng: nhờ người quản trị của tỉnh đặt lại ứng dụng xác thực.</p>
    </section>
  );
}

/** The way out for whoever signed in as somebody else. */
export function OtherAccount() {
  return (
    <form class="aside" method="post" action="/dang-xuat">
      <button type="submit" class="plain">
        Dừng lại và đăng nhập bằng tài khoản khác
      </button>
    </form>
  );
}
