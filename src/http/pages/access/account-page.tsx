import type { AccountOverview } from '../../../access/index.js';
import type { Shell } from '../../../web/index.js';
import { Card, DataTable, Notice, Page } from '../../../web/index.js';

export interface AccountPageProps {
  shell: Shell;
  overview: AccountOverview;
  /** What was done just now. */
  done: string | null;
  /** "VNeID"; `null` = there is no single sign-on here. */
  ssoLabel: string | null;
  dateOf: (instant: Date) => string;
}

/** Everything about one's own account, and the ways to change it. */
export function AccountPage({ shell, overview, done, ssoLabel, dateOf }: AccountPageProps) {
  const { fullName, username } = overview;
  return (
    <Page shell={shell} nav="account" title="Tài khoản của tôi" sub={`${fullName} · ${username}`}>
      {done ? <Notice tone="done" what={done} /> : null}
      <div class="grid even">
        <RolesCard roles={overview.roles} />
        <PasswordCard overview={overview} ssoLabel={ssoLabel} dateOf={dateOf} />
        <CodeCard overview={overview} dateOf={dateOf} />
        <Card title="Thiết bị đang đăng nhập" lead={placesText(overview.sessions)}>
          <p class="acts">
            <a class="button quiet" href="/tai-khoan/thiet-bi">
              Xem và đăng xuất từ xa
            </a>
          </p>
        </Card>
      </div>
    </Page>
  );
}

const placesText = (sessions: number): string =>
  sessions === 1 ? 'Chỉ thiết bị này.' : `Đang đăng nhập ở ${sessions} nơi.`;

function RolesCard({ roles }: { roles: AccountOverview['roles'] }) {
  return (
    <Card title="Vai trò" lead="Do người quản trị của tỉnh giao; muốn đổi thì hỏi người quản trị.">
      <DataTable
        caption="Vai trò của tôi"
        rows={roles}
        empty="Hôm nay tài khoản này không giữ vai trò nào."
        columns={[
          {
            title: 'Vai trò',
            cell: ({ label, behalfName }) => (
              <>
                {label}
                {behalfName ? <small class="under">thay mặt {behalfName}</small> : null}
              </>
            ),
          },
          { title: 'Cơ quan', cell: (role) => role.officeName },
        ]}
      />
      <p class="acts">
        <a class="button quiet" href="/uy-quyen">
          Ủy quyền cho người cùng cơ quan
        </a>
      </p>
    </Card>
  );
}

type Part = Pick<AccountPageProps, 'overview' | 'dateOf'>;

function PasswordCard(props: Part & { ssoLabel: string | null }) {
  const { overview, ssoLabel, dateOf } = props;
  const { passwordChangedAt, hasLocalPassword, isLinked } = overview;
  const changed = passwordChangedAt
    ? `Đổi lần cuối ngày ${dateOf(passwordChangedAt)}.`
    : 'Chưa đổi lần nào từ khi lập tài khoản.';
  const linked = isLinked ? 'Tài khoản đã nối' : 'Tài khoản chưa nối';
  return (
    <Card
      title="Mật khẩu"
      lead={hasLocalPassword ? changed : 'Tài khoản này không dùng mật khẩu riêng.'}
    >
      {hasLocalPassword ? (
        <p class="acts">
          <a class="button quiet" href="/tai-khoan/mat-khau">
            Đổi mật khẩu
          </a>
        </p>
      ) : null}
      {ssoLabel ? (
        <p class="small">
          {linked} với {ssoLabel}.
        </p>
      ) : null}
    </Card>
  );
}

function CodeCard({ overview, dateOf }: Part) {
  const { totp, recoveryLeft, isTotpRequired } = overview;
  const lead = totp
    ? `Đã thiết lập ngày ${dateOf(totp)}. Còn ${recoveryLeft} mã dự phòng.`
    : 'Thêm một mã trên điện thoại mỗi lần đăng nhập: ai biết mật khẩu cũng không vào được.';
  return (
    <Card title="Ứng dụng xác thực" lead={lead}>
      {overview.isDemo ? (
        <p class="small">Tài khoản trình diễn dùng chung một khóa đã công bố.</p>
      ) : (
        <p class="acts">
          <a class="button quiet" href="/tai-khoan/xac-thuc">
            {totp ? 'Lập lại mã dự phòng' : 'Thiết lập'}
          </a>
        </p>
      )}
      {isTotpRequired ? <p class="small">Vai trò của bạn bắt buộc có ứng dụng này.</p> : null}
    </Card>
  );
}
