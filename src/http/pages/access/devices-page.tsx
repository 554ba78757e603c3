import type { OpenSession } from '../../../access/index.js';
import type { Shell } from '../../../web/index.js';
import { CommandForm, Notice, Page } from '../../../web/index.js';
import { BackToAccount } from './password-page.js';

interface DevicesPageProps {
  shell: Shell;
  sessions: readonly OpenSession[];
  done: string | null;
  newCommandId: () => string;
  /** "08:30 ngày 23/11/2026". */
  instant: (at: Date) => string;
}

/** Where one is signed in, and signing out from afar. */
export function DevicesPage({ shell, sessions, done, newCommandId, instant }: DevicesPageProps) {
  const others = sessions.filter((one) => !one.isThis);
  return (
    <Page
      shell={shell}
      nav="account"
      title="Thiết bị đang đăng nhập"
      sub={
        <>
          <BackToAccount /> · Thấy thiết bị lạ: đăng xuất thiết bị đó, rồi đổi mật khẩu ngay.
        </>
      }
    >
      {done ? <Notice tone="done" what={done} /> : null}
      <ul class="devices">
        {sessions.map((one) => (
          <li class="card">
            <div>
              <h2>
                {one.device} {one.isThis ? <span class="tag solid">thiết bị này</span> : null}
              </h2>
              <p class="lead">
                Đăng nhập lúc {instant(one.since)}
                {one.method === 'sso' ? ' qua cổng đăng nhập chung' : ''} · dùng gần nhất lúc{' '}
                {instant(one.lastSeenAt)}
                {one.isWaitingForCode ? ' · đúng mật khẩu nhưng chưa nhập mã xác thực' : ''}
              </p>
            </div>
            {one.isThis ? null : (
              <CommandForm
                action="/tai-khoan/thiet-bi"
                commandId={newCommandId()}
                submit="Đăng xuất"
                label={`Đăng xuất ${one.device}, đăng nhập lúc ${instant(one.since)}`}
                quiet
              >
                <input type="hidden" name="session" value={one.sessionId} />
              </CommandForm>
            )}
          </li>
        ))}
      </ul>
      {others.length > 1 ? (
        <CommandForm
          action="/tai-khoan/thiet-bi"
          commandId={newCommandId()}
          submit={`Đăng xuất cả ${others.length} thiết bị khác`}
        >
          <input type="hidden" name="session" value="others" />
        </CommandForm>
      ) : null}
      {others.length === 0 ? <p class="empty">Không có thiết bị nào khác.</p> : null}
    </Page>
  );
}
