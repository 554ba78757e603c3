import type { Problem } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, Notice, Page } from '../../../web/index.js';

interface LeavingPageProps {
  shell: Shell;
  label: string;
  url: string;
}

/** On the way to the single sign-on; browsers go on by themselves. */
export function LeavingPage({ shell, label, url }: LeavingPageProps) {
  return (
    <Page shell={shell} nav="account" title={`Đang chuyển sang ${label}`}>
      <div class="narrow">
        <p>Mật khẩu nhập ở trang đó không đi qua hệ thống này.</p>
        <p class="acts">
          <a class="button" href={url}>
            Tiếp tục sang {label}
          </a>
          <a href="/dang-nhap">Quay lại</a>
        </p>
      </div>
    </Page>
  );
}

interface UnknownPersonPageProps {
  shell: Shell;
  problem: Problem;
  /** What the provider calls the person who sees this page. */
  subject: string | null;
}

/** Signing in through the single sign-on did not open anything: why, and whom to ask. */
export function SsoProblemPage({ shell, problem, subject }: UnknownPersonPageProps) {
  return (
    <Page shell={shell} nav="account" title="Chưa đăng nhập được">
      <div class="narrow stack">
        <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
        {subject === null ? null : (
          <Card
            title="Mã của bạn ở cổng đăng nhập"
            lead="Đọc hoặc gửi mã này cho người quản trị của tỉnh, kèm họ tên và cơ quan."
          >
            <p class="secret">
              <code>{subject}</code>
            </p>
          </Card>
        )}
        <p class="acts">
          <a class="button quiet" href="/dang-nhap">
            Về trang đăng nhập
          </a>
        </p>
      </div>
    </Page>
  );
}

interface SignedOutPageProps {
  shell: Shell;
  label: string;
  url: string;
}

/** Signed out here; there, one is still signed in. */
export function SignedOutPage({ shell, label, url }: SignedOutPageProps) {
  return (
    <Page shell={shell} nav="account" title="Đã đăng xuất khỏi Thôn Bản">
      <div class="narrow stack">
        <Notice
          what={`Trình duyệt này còn đăng nhập ở ${label}.`}
          why="Người dùng máy sau bạn có thể vào lại mà không cần mật khẩu."
          todo="Máy dùng chung thì đăng xuất cả ở đó."
        />
        <p class="acts">
          <a class="button" href={url}>
            Đăng xuất cả {label}
          </a>
          <a href="/">Về trang đầu</a>
        </p>
      </div>
    </Page>
  );
}
