import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../kernel/index.js';

/** Passwords of the database roles of one instance. */
export interface Secrets {
  superuser: string;
  owner: string;
  app: string;
  backup: string;
}

const FILE = 'secrets.json';

export const secretsExist = (dataDir: string): boolean => fs.existsSync(path.join(dataDir, FILE));

/** Reads `secrets.json` (mode 600, of the account that runs the program), making it the first time. */
export function readSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, FILE);
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Secrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') {
      throw new Problem('environment', {
        code: 'not-your-instance',
        what: `Không được đọc ${file}.`,
        why: 'Bản cài đặt này do một tài khoản khác trên máy tạo ra.',
        todo: 'Chạy bằng tài khoản đó, hoặc đặt THONBAN_DATA tới thư mục của bạn.',
      });
    }
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const password = () => randomBytes(24).toString('hex');
  const secrets: Secrets = {
    superuser: password(),
    owner: password(),
    app: password(),
    backup: password(),
  };
  // Written beside and renamed: a process killed in between leaves no half file.
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, JSON.stringify(secrets), { mode: 0o600 });
  fs.renameSync(draft, file);
  return secrets;
}
