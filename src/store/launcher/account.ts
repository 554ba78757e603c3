import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../kernel/index.js';

/** The unprivileged account that runs PostgreSQL when we are root (PostgreSQL refuses root). */
export interface ServerAccount {
  name: string;
  uid: number;
  gid: number;
}

/** `postgres`, else `nobody`; `null` when this process is an ordinary user and serves by itself. */
export function serverAccount(
  uid: number | undefined = process.getuid?.(),
  passwd = () => fs.readFileSync('/etc/passwd', 'utf8'),
): ServerAccount | null {
  if (uid !== 0) return null;
  const accounts = passwd()
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const found = accounts.find((fields) => fields[0] === name);
    if (found) return { name, uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Problem('environment', {
    code: 'no-server-account',
    what: 'Không khởi động được PostgreSQL khi đang chạy bằng quyền root.',
    why: 'PostgreSQL không chạy dưới quyền root, mà máy không có tài khoản "postgres" hay "nobody".',
    todo: 'Chạy bằng một tài khoản thường, hoặc đặt DATABASE_URL tới một PostgreSQL có sẵn.',
  });
}

/** Every directory above must let the account pass; else the server could not reach its own data. */
export function refuseClosedParents(directory: string, account: ServerAccount | null): void {
  if (!account) return;
  for (let dir = directory; ; dir = path.dirname(dir)) {
    if ((fs.statSync(dir).mode & 0o001) === 0) {
      throw new Problem('environment', {
        code: 'directory-closed',
        what: `Tài khoản "${account.name}" không đi qua được thư mục ${dir}.`,
        why: 'Cơ sở dữ liệu chạy bằng tài khoản ấy, không phải root.',
        todo: 'Đặt THONBAN_DATA ra ngoài thư mục đó, ví dụ /var/lib/thonban.',
        details: { directory: dir },
      });
    }
    if (dir === path.dirname(dir)) return;
  }
}
