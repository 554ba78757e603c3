import type { Problem } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, DataTable, Field, Notice, Page } from '../../../web/index.js';

export interface DemoLine {
  username: string;
  password: string;
  name: string;
  role: string;
}

interface LoginPageProps {
  shell: Shell;
  /** Where to go afterwards: a path of this site. */
  next: string;
  username?: string;
  problem?: Problem | null;
  /** "VNeID"; nothing when there is no single sign-on. */
  ssoLabel?: string | null;
  /** Only on a demonstration. */
  demo: readonly DemoLine[];
}

/** Quiet: which instance this is, two fields, one button. */
export function LoginPage(props: LoginPageProps) {
  const { shell, problem, demo } = props;
  const what = shell.isDemo ? 'Bản trình diễn, số liệu mô phỏng' : 'Bản chính thức';
  return (
    <Page shell={shell} nav="account" title="Đăng nhập" sub={`${what} · ${shell.provinceName}`}>
      <div class="grid even">
        <section class="card">
          <h2>Tài khoản của cán bộ</h2>
          <p class="lead">Xem số liệu công khai thì không cần đăng nhập.</p>
          {problem ? (
            <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
          ) : null}
          <form class="command" method="post" action="/dang-nhap">
            <input type="hidden" name="next" value={props.next} />
            <Field
              name="username"
              label="Tên đăng nhập"
              required
              autocomplete="username"
              value={props.username ?? ''}
            />
            <Field
              name="password"
              label="Mật khẩu"
              type="password"
              required
              autocomplete="current-password"
            />
            <button type="submit">Đăng nhập</button>
          </form>
          {props.ssoLabel ? <SsoButton label={props.ssoLabel} next={props.next} /> : null}
          {shell.isDemo ? null : (
            <p class="small">
              Chưa có tài khoản, hoặc quên mật khẩu: hỏi người quản trị hệ thống của tỉnh.
            </p>
          )}
        </section>
        {demo.length > 0 ? <DemoAccounts demo={demo} /> : null}
      </div>
    </Page>
  );
}

function SsoButton({ label, next }: { label: string; next: string }) {
  return (
    <form class="command or" method="post" action="/dang-nhap/cong-chung">
      <input type="hidden" name="next" value={next} />
      <button type="submit" class="quiet">
        Đăng nhập bằng {label}
      </button>
    </form>
  );
}

function DemoAccounts({ demo }: { demo: readonly DemoLine[] }) {
  // One password for all of them is said once.
  const passwords = new Set(demo.map((row) => row.password));
  const shared = passwords.size === 1 ? [...passwords][0] : null;
  return (
    <Card
      title="Tài khoản trình diễn"
      lead="Chỉ có trên bản trình diễn. Mỗi tài khoản chỉ thấy hộ trong địa bàn của mình."
    >
      {shared ? (
        <p>
          Mật khẩu của mọi tài khoản: <code class="whole">{shared}</code>
        </p>
      ) : null}
      <DataTable
        caption="Tài khoản trình diễn"
        rows={demo}
        columns={[
          { title: 'Vai trò', cell: (row) => row.role },
          { title: 'Tên đăng nhập', cell: (row) => <code>{row.username}</code> },
          ...(shared
            ? []
            : [{ title: 'Mật khẩu', cell: (row: DemoLine) => <code>{row.password}</code> }]),
        ]}
      />
    </Card>
  );
}
