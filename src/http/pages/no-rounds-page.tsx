import { Problem } from '../../kernel/index.js';
import type { NavKey, Shell, ShellUser } from '../../web/index.js';
import { Card, Page } from '../../web/index.js';
import type { Ctx } from '../env.js';
import { page } from '../render-page.js';

interface Props {
  shell: Shell;
  nav: NavKey;
  /** What the page is called once there is something on it. */
  of?: string;
}

/** An instance in which nothing was reviewed yet: what this person can do about it. */
export function NoRoundsPage({ shell, nav, of }: Props) {
  return (
    <Page
      shell={shell}
      nav={nav}
      title="Chưa có đợt rà soát nào trong sổ"
      {...(of ? { sub: of } : {})}
    >
      <div class="narrow">
        <Card
          title={shell.user ? 'Bước tiếp theo' : 'Chưa có số liệu nào để hiện'}
          lead="Hộ, danh sách, biểu mẫu và số liệu hiện ra khi tệp rà soát đầu tiên được ghi vào sổ."
        >
          <NextStep shell={shell} />
          <p>
            Trong lúc chờ, xem được <a href="/dia-ban">địa bàn</a> và <a href="/van-ban">văn bản</a>
            .
          </p>
        </Card>
      </div>
    </Page>
  );
}

/** For officers; a site for the public alone has no page for them. */
function NextStep({ shell: { user, publishedAt } }: { shell: Shell }) {
  if (publishedAt) return null;
  if (!user) {
    return (
      <p>
        Nếu là cán bộ, <a href="/dang-nhap?next=/nhap-lieu">đăng nhập để nhập tệp</a>.
      </p>
    );
  }
  if (user.canImport) {
    return (
      <>
        <p>
          Gửi tệp rà soát của xã (.xlsx hoặc .csv), xem trước, rồi bấm “Ghi vào sổ”. Tệp đầu tiên
          của một đợt mở đợt ấy trong sổ.
        </p>
        <p class="acts">
          <a class="button" href="/nhap-lieu">
            Nhập tệp rà soát
          </a>
        </p>
      </>
    );
  }
  return <p>{waitingFor(user)}</p>;
}

/** Who brings the first file in, for somebody whose work that is not. */
function waitingFor({ permissions }: ShellUser): string {
  if (permissions.includes('account:propose')) {
    return (
      'Người quản trị không nhập số liệu. Cần có tài khoản cho cán bộ cấp tỉnh hoặc cán bộ cấp xã; ' +
      'cán bộ ấy đăng nhập và gửi tệp rà soát ở trang Nhập liệu.'
    );
  }
  return (
    'Vai trò của bạn không nhập tệp. Cán bộ xã hoặc cán bộ cấp tỉnh gửi tệp rà soát ở trang Nhập liệu; ' +
    'khi tệp đã ghi vào sổ, số liệu hiện ra ở đây.'
  );
}

/** Draws a page, or says what comes first when the book has no round to draw it from. */
export const onceReviewed =
  (nav: NavKey, of: string, draw: (c: Ctx) => Promise<Response>) =>
  async (c: Ctx): Promise<Response> => {
    try {
      return await draw(c);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'no-rounds') throw error;
      return page(c, <NoRoundsPage shell={c.get('shell')} nav={nav} of={of} />);
    }
  };
