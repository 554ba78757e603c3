import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../kernel/index.js';
import { refuseOpenFile } from '../private-file.js';

/** Passwords of the database roles of one instance. */
export interface Secrets {
  superuser: string;
  owner: string;
  app: string;
  backup: string;
}

const FILE = 'secrets.json';
/** Apart from the others: whoever serves the public reads this file and no other. */
const PUBLIC_FILE = 'public-secret';

export const secretsExist = (dataDir: string): boolean => fs.existsSync(path.join(dataDir, FILE));

/** Reads `secrets.json` (mode 600, of the account that runs the program), making it the first time. */
export function readSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, FILE);
  try {
    const text = fs.readFileSync(file, 'utf8');
    refuseOpenFile(file, 'Ai đọc được tệp này vào được cơ sở dữ liệu với mọi quyền.');
    return JSON.parse(text) as Secrets;
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
  const secrets: Secrets = {
    superuser: newPassword(),
    owner: newPassword(),
    app: newPassword(),
    backup: newPassword(),
  };
  writeWhole(file, JSON.stringify(secrets));
  return secrets;
}

export const newPassword = (): string => randomBytes(24).toString('hex');

/** The password of the role that serves the public, `null` before there is one. */
export function readPublicSecret(dataDir: string): string | null {
  try {
    return fs.readFileSync(path.join(dataDir, PUBLIC_FILE), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export const writePublicSecret = (dataDir: string, password: string): void =>
  writeWhole(path.join(dataDir, PUBLIC_FILE), password);

/** Written beside and renamed: a process killed in between leaves no half file. */
function writeWhole(file: string, content: string): void {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, content, { mode: 0o600 });
  fs.renameSync(draft, file);
}
