import type { Shell } from '../../../web/index.js';
import { Card, Notice, Page } from '../../../web/index.js';

interface RecoveryPageProps {
  shell: Shell;
  name: string;
  username: string;
  codes: readonly string[];
  /** "23/11/2026". */
  madeOn: string;
  next: string;
}

/** Recovery codes, shown this once; made to be printed. */
export function RecoveryPage(props: RecoveryPageProps) {
  const { shell, name, username, codes, madeOn, next } = props;
  return (
    <Page
      shell={shell}
      nav="account"
      title="Mã dự phòng của bạn"
      sub={`${name} · ${username} · lập ngày ${madeOn}`}
    >
      <div class="narrow stack">
        <Notice
          tone="done"
          what="Các mã này chỉ hiện một lần."
          why="Dùng thay mã trên điện thoại khi mất hoặc quên điện thoại; mỗi mã chỉ dùng được một lần."
          todo="In trang này (Ctrl + P) hoặc chép ra giấy, cất vào nơi có khóa; không chụp ảnh, không gửi qua Zalo."
        />
        <Card title="10 mã dự phòng" lead="Bộ mã lập trước đây, nếu có, không còn dùng được.">
          <ol class="codes">
            {codes.map((code) => (
              <li>
                <code>{code}</code>
              </li>
            ))}
          </ol>
        </Card>
        <p class="acts">
          <a class="button" href={next}>
            Tôi đã cất mã, tiếp tục
          </a>
        </p>
      </div>
    </Page>
  );
}
