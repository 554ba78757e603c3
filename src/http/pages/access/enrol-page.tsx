import type { Enrolment } from '../../../access/index.js';
import type { Problem } from '../../../kernel/index.js';
import type { Shell } from '../../../web/index.js';
import { Field, Notice, Page, QrCode } from '../../../web/index.js';
import { OtherAccount } from './code-page.js';
import { qrCells } from './qr-cells.js';

interface EnrolPageProps {
  shell: Shell;
  /** Where the form goes; it differs before and after signing in is complete. */
  action: string;
  next: string;
  enrolment: Enrolment;
  problem: Problem | null;
  /** The role asks for it, and nothing else is open until it is done. */
  isForced: boolean;
}

/** Setting up the authenticator app: scan or type, then prove it with one code. */
export function EnrolPage(props: EnrolPageProps) {
  const { shell, action, next, enrolment, problem, isForced } = props;
  return (
    <Page
      shell={shell}
      nav="account"
      title="Thiết lập ứng dụng xác thực"
      sub={
        isForced
          ? 'Vai trò của tài khoản này cần thêm một mã trên điện thoại mỗi lần đăng nhập. Làm một lần, khoảng hai phút.'
          : 'Mỗi lần đăng nhập sẽ cần thêm một mã trên điện thoại.'
      }
    >
      {problem ? (
        <Notice tone="alert" what={problem.what} why={problem.why} todo={problem.todo} />
      ) : null}
      <div class="grid even">
        <section class="card">
          <h2>1. Quét mã bằng điện thoại</h2>
          <p class="lead">
            Cài một ứng dụng xác thực (như Google Authenticator, Microsoft Authenticator, FreeOTP),
            chọn thêm tài khoản rồi quét mã này.
          </p>
          <QrCode
            cells={qrCells(enrolment.uri)}
            label="Mã QR để thêm tài khoản vào ứng dụng xác thực; không quét được thì nhập khóa viết bên dưới"
          />
          <h3>Không quét được?</h3>
          <p class="small">Trong ứng dụng, chọn nhập khóa thiết lập và gõ khóa này:</p>
          <p class="secret">
            <code>{enrolment.manualKey}</code>
          </p>
          <p class="small">
            Loại khóa: theo thời gian. Không gửi khóa hay ảnh mã này cho bất kỳ ai.
          </p>
        </section>
        <section class="card">
          <h2>2. Nhập mã đang hiện trong ứng dụng</h2>
          <p class="lead">Mã gồm 6 chữ số, đổi sau mỗi 30 giây.</p>
          <form class="command" method="post" action={action}>
            <input type="hidden" name="next" value={next} />
            <input type="hidden" name="sealed" value={enrolment.sealed} />
            <Field
              name="code"
              label="Mã xác thực"
              required
              inputmode="numeric"
              autocomplete="one-time-code"
            />
            <button type="submit">Xác nhận</button>
          </form>
          <p class="small">
            Sau đó hệ thống hiện 10 mã dự phòng để in ra, dùng khi không có điện thoại.
          </p>
        </section>
      </div>
      {isForced ? <OtherAccount /> : null}
    </Page>
  );
}
